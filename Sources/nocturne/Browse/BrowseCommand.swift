import AdapterKit
import ArgumentParser
import Domain
import Runtime
import Team

/// Reads and changes any path of a server's API.
struct BrowseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "browse",
        abstract: "Read or change anything in a server's API by its path.",
        discussion: """
            Without a path, lists the paths of each API. A path is written with or without the base path, or as a full \
            address: `nocturne browse bonds /v3/bonds/12/`. What stands behind ? is passed on, and #/results/3 leads into \
            the answer. A list is read up to its first page unless --all is given.

            Changes: --set, --unset and --data create in a collection, change an object and run an operation; --delete \
            deletes, --replace writes the whole object. Each needs --yes, or --confirm NAME where it hurts, and is read \
            back. --dry-run prints what would be sent. Exit codes: 0 fine, 1 usage, or there is no such thing, 2 the \
            backend failed or the answer is incomplete, 3 refused, 4 outcome unknown, 5 the command failed.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, ndjson, csv, raw }

    @Argument(
        help: ArgumentHelp(
            "The backend, by name; may be left out where only one has the path.", valueName: "backend"),
        completion: .custom { BrowseCompletion.candidates($0, $1, $2) })
    var place: String?
    @Argument(
        help: "The path, as in /v3/bonds/12/legs/.",
        completion: .custom { BrowseCompletion.candidates($0, $1, $2) })
    var path: String?
    @OptionGroup(title: "Servers") var sources: SourceOptions
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Print only matching rows; the same language as the / key.", valueName: "filter"))
    var filter: String?
    @Option(
        parsing: .unconditional,
        help: "Sort by fields, with - in front for the largest, latest or worst first."
    ) var sort: String?
    @Option(help: "The fields to print, with commas between them.") var columns: String?
    @Option(help: ArgumentHelp("Print this many rows at most.", valueName: "rows")) var limit: Int?
    @Flag(help: "Read all pages of a list, not only the first.") var all = false
    @Option(
        name: [.customShort("o"), .long],
        help: "How to print; raw is the answer as it came, with secrets masked.")
    var output: Format = .table
    @Flag(help: "Print the same request for curl, which reads the secret from a variable; ask nothing.")
    var curl = false
    @Option(
        help: ArgumentHelp(
            "Where to save a file that the server answers with; without it, under the name that the server gives, here. "
                + "A file that is there is never overwritten; - is standard output.",
            valueName: "file"))
    var save: String?
    @Option(
        help: ArgumentHelp(
            "Wait this many seconds at most; for a change, for what must be read before it is sent.",
            valueName: "seconds"))
    var timeout: Double?
    @OptionGroup var changes: BrowseChangeOptions
    @OptionGroup var confirmation: ConfirmOptions

    func validate() throws {
        guard timeout.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
        guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit takes 1 or more rows") }
        _ = try words
        guard output != .raw || !wish.isOfLists && !all && save == nil else {
            throw ValidationError(
                "-o raw is one answer as it came: it takes no options for lists and no --save")
        }
        guard changes.isChange else {
            guard confirmation.isEmpty else {
                throw ValidationError(
                    "--yes, --confirm, --again and --dry-run are for changes: give --set, --data, --delete or --run too"
                )
            }
            return
        }
        guard try words.path != nil else { throw ValidationError("a change needs a path") }
        guard output == .table || output == .json else {
            throw ValidationError("the result of a change is printed with -o table or json")
        }
        guard !curl, save == nil, !all, !wish.isOfLists else {
            throw ValidationError("a change takes no options for reading")
        }
    }

    /// The backend and the path, whichever of them is given.
    var words: (backend: String?, path: String?) {
        get throws {
            if let path {
                guard let place, !place.contains("/") else {
                    throw ValidationError(
                        "give one backend and one path, as in: nocturne browse bonds /v3/bonds/")
                }
                return (place, path)
            }
            guard let place else { return (nil, nil) }
            return place.contains("/") || place.contains("?") ? (nil, place) : (place, nil)
        }
    }

    mutating func run() throws {
        let (backend, path) = try words
        if let backend {
            guard sources.backend.isEmpty || sources.backend.contains(backend) else {
                throw Failure(
                    .usage, "\(backend) is not among --backend \(sources.backend.joined(separator: ", "))")
            }
            sources.backend = [backend]
        }
        let setup = try Setup(sources)
        let patience = Patience(total: timeout)
        let network = try setup.connect(forReading: !changes.isChange, patience)
        guard let path else { return try list(network, patience) }
        let spot = try BrowseSpot.find(path, among: network.connections)
        if changes.isChange { return try change(spot, setup, network) }
        let reader = BrowseReader(
            spot: spot, patience: patience, progress: ProgressLine.onTerminal([spot.name]))
        let printing = BrowsePrinting(wish: wish, network: network)
        if curl { return try printing.printCurl(spot) }
        let code: ExitCodes
        if output == .raw {
            code = try printing.print(wait(for: { await reader.raw() }), of: spot)
        } else {
            if let save { try SavedFile.refuseExisting(save) }
            let isWhole = all
            code = try printing.print(wait(for: { await reader.read(all: isWhole) }), of: spot)
        }
        if code != .fine { Console.exit(code) }
    }

    // MARK: Reading

    /// How what is read is printed.
    var wish: BrowsePrinting.Wish {
        BrowsePrinting.Wish(
            output: output, filter: filter, sort: sort, columns: columns, limit: limit, all: all, save: save)
    }

    /// Prints the paths that there are.
    private func list(_ network: Network, _ patience: Patience) throws {
        guard output != .raw, !curl, save == nil else {
            throw Failure(.usage, "-o raw, --curl and --save need a path")
        }
        let progress = ProgressLine.onTerminal(network.plans.map(\.name))
        let harvest = wait(for: {
            await FetchedRows.gather(
                Browser.resource.plural, from: network, patience, progress: progress)
        })
        for failure in harvest.failures { Console.complain(failure) }
        guard !harvest.isUnknown else {
            let names = network.plans.map(\.name).joined(separator: ", ")
            throw Failure(.usage, "nocturne knows no paths of \(names)")
        }
        try BrowsePrinting(wish: wish, network: network).write(
            harvest.tables, besides: [Browser.resource], fetchedAt: harvest.fetchedAt, .listed)
        if !harvest.failures.isEmpty { Console.exit(.backendFailed) }
    }

    // MARK: Changing

    private func change(_ spot: BrowseSpot, _ setup: Setup, _ network: Network) throws {
        let change = try changes.change(at: spot)
        let ledger = setup.ledger()
        ledger?.start()
        let acting = Acting(setup, network, isTold: !confirmation.quiet, ledger)
        let order = Acting.Order(change.kind, confirmation)
        let report = wait(for: { [timeout, output] in
            let report = await acting.report(order, timeout: timeout ?? 60, output == .json ? .json : .text) {
                try await acting.prepare(change, at: spot)
            }
            await ledger?.finish()
            return report
        })
        try report.get().print()
    }
}
