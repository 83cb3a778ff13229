import AdapterKit
import ArgumentParser
import Domain
import JSON
import Runtime

/// Prints everything that is known of one entity.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print everything about one device, alert, bond…",
        discussion: """
            The entity is named by its kind and its name or id: `nocturne show device core-rtr001`, `nocturne show \
            --backend core alert/4711`. Links are printed with the kind and id that commands take. Exit codes: 0 fine, \
            1 usage, or there is no such entity, 2 a backend failed, or a part could not be read (the rest is printed).
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @Argument(
        help: "The kind, as in device, alert, bond; or kind/id at once.",
        completion: .list(FieldCatalogue().kinds.map(\.kind.rawValue)))
    var kind: String
    @Argument(help: "The name, or the server's own id.") var target: String?
    @OptionGroup var sources: SourceOptions
    @Flag(
        inversion: .prefixedNo,
        help: "Read the lists whose rows may name the entity, and print those that do.")
    var related = true
    @Option(
        help: ArgumentHelp(
            "Wait this many seconds at most, however many answers keep coming.", valueName: "seconds"))
    var timeout: Double?
    @Option(name: [.customShort("o"), .long], help: "How to print.") var output: Format = .table

    func validate() throws {
        guard timeout.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
    }

    mutating func run() throws {
        var kind = kind
        var target = target
        if target == nil, let slash = kind.firstIndex(of: "/") {
            target = String(kind[kind.index(after: slash)...])
            kind = String(kind[..<slash])
        }
        guard let target, !target.isEmpty else {
            throw Failure(
                .usage, "show needs a kind and a name or id, as in: nocturne show device core-rtr001")
        }
        let patience = Patience(total: timeout)
        let setup = try Setup(sources)
        let network = try setup.connect(forReading: true, patience)
        let progress = ProgressLine.onTerminal(network.plans.map(\.name))
        let showing = Showing(network: network, patience: patience, progress: progress)
        let withRelated = related
        let (word, name) = (kind, target)
        let result = wait(for: { () async -> Result<Shown, Failure> in
            let drawing = progress.map { progress in Task { await progress.run() } }
            let result = await showing.show(word, name, withRelated: withRelated)
            drawing?.cancel()
            await drawing?.value
            progress?.clear()
            return result
        })
        let shown = try result.get()
        switch output {
        case .json: Console.print(shown.tree.text)
        case .table: Console.write(shown.text(zone: network.clock.zone))
        }
        for problem in shown.problems { Console.complain("\(shown.backend): \(problem)") }
        if !shown.problems.isEmpty { Console.exit(.backendFailed) }
    }
}

extension Showing {
    /// Finds an entity and reads everything about it, within the operator's patience.
    func show(_ kind: String, _ word: String, withRelated: Bool) async -> Result<Shown, Failure> {
        let work = { @Sendable () async -> Result<Shown, Failure> in
            do {
                let (connection, entity) = try await find(kind, word)
                for other in network.plans.map(\.name) where other != connection.settings.name {
                    progress?.done(other)
                }
                return .success(try await gather(connection, entity, withRelated: withRelated))
            } catch let failure as Failure {
                return .failure(failure)
            } catch {
                return .failure(Failure(.usage, "\(error)"))
            }
        }
        guard let total = patience.total else { return await work() }
        return await within(total, work) ?? .failure(Failure(.backendFailed, patience.words))
    }
}
