import AdapterKit
import ArgumentParser
import Configuration
import Domain
import Filter
import JSON
import Links
import Runtime

/// Prints what a pane shows, without a screen.
struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print alerts, devices, ports, bonds… as a table, JSON, YAML or CSV.",
        discussion: """
            Examples:
              nocturne get alerts -f 'sev=critical !state:acknowledged'
              nocturne get ports --sort -in_bps --columns device,name,in_bps,out_bps
              nocturne get devices -f status:down -o json
              nocturne get alerts --watch
              nocturne get alerts --sort -impact_rank --columns name,impact_summary,linked_to

            `nocturne fields` lists what there is and the names of the fields. A backend that gives no answer for \
            60 seconds is given up; what the others said is printed.

            Exit status: 0 fine, 1 usage, 2 a backend failed. With --exit-severity: 11 a row is critical, \
            else 2 a backend failed, a row does not say how bad it is, or devices are not polled, else 10 a row is \
            a warning.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, ndjson, yaml, csv, name }

    @Argument(
        help: "What to print: alerts, devices, ports… (see nocturne fields).",
        completion: .list(FieldCatalogue().kinds.map(\.plural)))
    var resource: String
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Print only matching rows; the same language as the / key.", valueName: "filter"))
    var filter: String?
    @Option(
        help: ArgumentHelp(
            "The fields to print, separated by commas.", valueName: "fields"))
    var columns: String?
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Sort by fields; - in front sorts the largest, latest or worst first.", valueName: "fields"))
    var sort: String?
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("How to print; name prints KIND/ID.", valueName: "format"))
    var output: Format = .table
    @Flag(name: .customLong("no-headers"), help: "Leave out the column titles of tables and CSV.")
    var hidesTitles = false
    @Flag(
        name: [.customShort("w"), .customLong("watch")],
        help: "Print the rows, then each row again that appears, changes or goes, until interrupted.")
    var follows = false
    @Option(
        help: ArgumentHelp(
            "Search on the servers: devices by MAC or IP address, bills by customer or reference; get where finds an address everywhere.",
            valueName: "text"))
    var search: String?
    @Flag(
        help:
            "Print one row for what several servers see, of the server that says the worst; linked_to names the others."
    )
    var merged = false
    @Option(help: ArgumentHelp("Wait at most this many seconds.", valueName: "seconds"))
    var timeout: Double?
    @Flag(help: "Exit with 10 if the worst row is a warning, with 11 if it is critical.")
    var exitSeverity = false
    @OptionGroup(title: "Servers") var sources: SourceOptions

    func validate() throws {
        if resource == ResourceDescriptor.whereabouts.plural {
            guard let search, NetworkAddress(search) != nil else {
                throw ValidationError("get where takes --search with a MAC, IPv4 or IPv6 address")
            }
        }
        guard timeout.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--timeout takes a number of seconds above 0")
        }
        if merged, search != nil { throw ValidationError("--merged can't be combined with --search") }
        guard follows else { return }
        if search != nil || exitSeverity || merged {
            throw ValidationError("--watch can't be combined with --search, --merged or --exit-severity")
        }
        if ![.table, .json, .ndjson].contains(output) {
            throw ValidationError("--watch prints table, json or ndjson, not \(output.rawValue)")
        }
    }

    mutating func run() throws {
        let setup = try Setup(sources)
        if follows { return try follow(setup) }
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
        let links =
            wantsLinks(network)
            ? LinkedRows.reading(
                besides: harvest, of: resource, network, setup.settings.links, patience) : nil
        let arrangement = try RowChoice(filter: filter, sort: sort).arrangement(
            of: tables(harvest, links), besides: offered.map(\.withImpact),
            usual: isAlerts ? .unlessOver(.alert) : .everything, without: merged ? links?.doubles : nil,
            network)
        let listing = try Listing(
            arrangement, columns: columns, network: network, fetchedAt: harvest.fetchedAt, links: links)
        let verdict = listing.verdict
        if exitSeverity, verdict == nil, !harvest.tables.isEmpty {
            throw Failure(.usage, "--exit-severity: \(resource) do not say how bad they are")
        }
        print(listing, harvest)
        // What is critical stays so, whatever a backend that failed would have added.
        if exitSeverity, verdict?.worst == .critical { Console.exit(.critical) }
        let lacksLinks = namesLinks && links?.isWhole == false
        if !harvest.failures.isEmpty || lacksLinks { Console.exit(.backendFailed) }
        guard exitSeverity, let verdict else { return }
        // What servers did not look at for too long is no better than what they do not say.
        if !harvest.remarks.isEmpty { Console.exit(.backendFailed) }
        if verdict.unknown > 0 {
            let rows = Quantity.count(verdict.unknown)
            Console.complain("--exit-severity: \(rows) \(resource) do not say how bad they are")
            Console.exit(.backendFailed)
        }
        if verdict.worst == .warning { Console.exit(.warning) }
    }

    private func print(_ listing: Listing, _ harvest: FetchedRows) {
        var buffer = OutputBuffer()
        switch output {
        case .table:
            guard listing.count > 0 else {
                if harvest.failures.isEmpty { Console.complain(Self.nothing(harvest, resource, filter)) }
                return
            }
            TableOutput.print(
                listing, width: Console.width, isColored: Console.wantsColors, hasTitles: !hidesTitles,
                to: &buffer)
        case .json: JSONOutput.print(listing, .array, to: &buffer)
        case .ndjson: JSONOutput.print(listing, .lines, to: &buffer)
        case .yaml: YAMLOutput.print(listing, to: &buffer)
        case .csv: CSVOutput.print(listing, hasTitles: !hidesTitles, to: &buffer)
        case .name: NameOutput.print(listing, to: &buffer)
        }
    }

    /// That no row is printed, for who would see nothing at all.
    static func nothing(_ harvest: FetchedRows, _ resource: String, _ filter: String?) -> String {
        let name = harvest.tables.first?.resource.plural ?? resource
        let total = harvest.tables.reduce(0) { $0 + $1.count }
        guard filter != nil, total > 0 else { return "no \(name)" }
        return "no \(name) match (of \(Quantity.count(total)))"
    }

    /// That there is nothing of a name to print, with what there is.
    static func unknown(_ resource: String, among network: Network, listed: [String]) -> String {
        let linked = network.connections.flatMap(\.adapter.linkedKinds).map(\.rawValue)
        if let kind = linked.first(where: { KindWord.matches(resource, $0) }) {
            return
                "\(kind) is not listed by itself: nocturne show prints it with its id as a part of what it belongs to"
        }
        let names = listed + network.connections.flatMap(\.adapter.resources).map(\.kind.rawValue)
        return unknown(resource, names: names, listed: listed)
    }

    /// That there is nothing of a name to print, with the name that was probably meant or all there are.
    static func unknown(_ resource: String, names: [String], listed: [String]) -> String {
        let hint = Nearest.hint(resource, among: names)
        let known = listed.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return "unknown resource \"\(resource)\""
            + (hint.isEmpty ? "; there are: \(known.joined(separator: ", "))" : hint)
    }
}
