import ArgumentParser
import AdapterKit
import Domain
import Filter
import Runtime

/// Prints what a pane shows, without a screen.
struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print alerts, devices, ports, bills, rules and more as a table, JSON or CSV.",
        discussion: """
            Waits for the answer of every backend; one that is silent for 60 seconds is given up. Exit codes: 0 fine, 1 usage, \
            2 a backend failed (what the others said is printed all the same); with --exit-severity 11 when a \
            row is critical, else 2 when a backend failed, a row does not say how bad it is or devices are not polled, else 10 when a \
            row is a warning. `nocturne fields` \
            lists what can be printed and the names of the fields.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, ndjson, csv }

    @Argument(
        help: "What to print, by its kind or pane: alerts, devices, ports… (nocturne fields lists all).")
    var resource: String
    @OptionGroup var sources: SourceOptions
    @Option(help: "Print only rows that pass, as the / key filters.") var filter: String?
    @Option(
        help: """
            Have the servers search: devices by MAC, IPv4 or IPv6, bills by customer or reference; `where` finds an \
            address everywhere.
            """)
    var search: String?
    @Option(
        parsing: .unconditional,
        help: "Sort by fields, with - in front for the largest, latest or worst first."
    ) var sort: String?
    @Option(help: "The fields to print, with commas between them.") var columns: String?
    @Option(name: [.customShort("o"), .long], help: "How to print.") var output: Format = .table
    @Option(
        help: ArgumentHelp(
            "Wait this many seconds at most, however many answers keep coming.", valueName: "seconds"))
    var timeout: Double?
    @Flag(help: "Exit with 10 when the worst row is a warning, with 11 when it is critical.")
    var exitSeverity = false

    func validate() throws {
        if resource == ResourceDescriptor.whereabouts.plural {
            guard let search, NetworkAddress(search) != nil else {
                throw ValidationError("get where takes --search with a MAC, IPv4 or IPv6 address")
            }
        }
        guard timeout.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--timeout takes seconds, more than none")
        }
    }

    mutating func run() throws {
        let setup = try Setup(sources)
        let patience = Patience(total: timeout)
        let network = try setup.connect(forReading: true, patience)
        let resource = resource
        let search = search
        let exitSeverity = exitSeverity
        let progress = ProgressLine.onTerminal(network.plans.map(\.name))
        let harvest = wait(for: {
            await FetchedRows.gather(
                resource, search: search, from: network, patience, judgesPolls: exitSeverity,
                progress: progress)
        })
        for remark in harvest.remarks { Console.complain(remark) }
        for failure in harvest.failures { Console.complain(failure) }
        if harvest.isUnknown, search != nil, harvest.known.contains(resource) {
            throw Failure(.usage, "no backend here can search \(resource)")
        }
        guard !harvest.isUnknown else {
            throw Failure(.usage, Self.unknown(resource, among: network, listed: harvest.known))
        }
        let isAlerts = harvest.tables.contains { $0.resource.kind == .alert }
        // Also those of backends that failed: what they would have had is no slip.
        let offered = network.connections.flatMap(\.adapter.resources).filter { $0.answers(to: [resource]) }
        let arrangement = try RowChoice(filter: filter, sort: sort).arrangement(
            of: harvest.tables, besides: offered, usual: isAlerts ? .unlessOver(.alert) : .everything, network
        )
        let listing = try Listing(
            arrangement, columns: columns, network: network, fetchedAt: harvest.fetchedAt)
        let verdict = listing.verdict
        if exitSeverity, verdict == nil, !harvest.tables.isEmpty {
            throw Failure(.usage, "--exit-severity: \(resource) do not say how bad they are")
        }
        var buffer = OutputBuffer()
        switch output {
        case .table:
            TableOutput.print(
                listing, width: Console.width, isColored: Console.wantsColors, to: &buffer)
        case .json: JSONOutput.print(listing, .array, to: &buffer)
        case .ndjson: JSONOutput.print(listing, .lines, to: &buffer)
        case .csv: CSVOutput.print(listing, to: &buffer)
        }
        // What is critical stays so, whatever a backend that failed would have added.
        if exitSeverity, verdict?.worst == .critical { Console.exit(.critical) }
        if !harvest.failures.isEmpty { Console.exit(.backendFailed) }
        guard exitSeverity, let verdict else { return }
        // What servers did not look at for too long is no better than what they do not say.
        if !harvest.remarks.isEmpty { Console.exit(.backendFailed) }
        if verdict.unknown > 0 {
            let rows = Quantity.count(verdict.unknown)
            Console.complain("--exit-severity: of \(rows) \(resource) it is not known how bad they are")
            Console.exit(.backendFailed)
        }
        if verdict.worst == .warning { Console.exit(.warning) }
    }

    /// That there is nothing of a name to print, with what there is.
    private static func unknown(_ resource: String, among network: Network, listed: [String]) -> String {
        let linked = network.connections.flatMap(\.adapter.linkedKinds).map(\.rawValue)
        if let kind = linked.first(where: { KindWord.matches(resource, $0) }) {
            return
                "\(kind) is not listed by itself: nocturne show prints it with its id as a part of what it belongs to"
        }
        return "there is no \(resource)\(Nearest.choices(resource, among: listed))"
    }
}
