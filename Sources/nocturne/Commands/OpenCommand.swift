import AdapterKit
import ArgumentParser
import Configuration
import Dashboard
import Domain
import Filter
import Runtime

/// Opens the dashboard where another screen is.
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open the dashboard on a pane or an entity.",
        discussion: """
            Examples:
              nocturne open alerts --filter 'sev=critical age<1h'
              nocturne open ports --only core --sort=-in_bps
              nocturne open devices core:device/17

            In the dashboard, the copy menu (y) has the line that opens what is on the screen.
            """)

    @Argument(help: "The pane: alerts, devices, ports… or overview.")
    var pane: String
    @Argument(help: ArgumentHelp("Open this entity, BACKEND:KIND/ID; several open each from the one before."))
    var entities: [String] = []
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Show only matching rows; the same language as the / key.", valueName: "filter"))
    var filter: String?
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Sort by fields; - in front sorts the largest, latest or worst first.", valueName: "fields"))
    var sort: String?
    @Option(help: ArgumentHelp("The columns, separated by commas.", valueName: "fields")) var columns: String?
    @Option(
        help: ArgumentHelp(
            "Show only the rows of this backend; the others are read as well.", valueName: "name"))
    var only: String?
    @Flag(help: "Show only what is wrong.") var problemsOnly = false
    @Flag(help: "Hide what is acknowledged.") var hideAcknowledged = false
    @OptionGroup var look: LookOptions
    @OptionGroup(title: "Servers") var sources: SourceOptions

    mutating func run() throws {
        var dashboard = try DashboardCommand.parse([])
        dashboard.look = look
        dashboard.sources = sources
        let command = self
        try dashboard.run { try command.visit(to: $0) }
    }

    /// What the options name, or an error that says what there is.
    private func visit(to network: Network) throws -> Visit {
        let backends = network.plans.map(\.name)
        let resources = network.connections.flatMap(\.adapter.resources)
        let panes = Pane.all(for: resources).filter { !$0.kinds.isEmpty }
        let names = [PaneName.overview.rawValue] + panes.map(\.name.rawValue)
        guard names.contains(pane) else {
            throw Failure(.usage, "unknown pane \"\(pane)\"\(Nearest.choices(pane, among: names))")
        }
        if let only, !backends.contains(only) {
            throw Failure(
                .usage, "--only: unknown backend \"\(only)\"\(Nearest.choices(only, among: backends))")
        }
        let name = PaneName(rawValue: pane)
        let shown = name == .overview ? PaneName.alerts : name
        let listed = resources.filter { $0.pane == shown }
        let vocabulary = FilterVocabulary(
            listed, backends: backends, sets: ["marked", "snoozed", "new"], isStrict: true)
        if let filter { _ = try FilterExpression.option(filter, vocabulary) }
        let order = try sort.map { _ in
            try RowChoice(filter: nil, sort: sort).order(vocabulary, of: listed)
        }
        let view = SavedView(
            name: "", pane: name, filter: filter ?? "", problemsOnly: problemsOnly,
            hidesAcknowledged: hideAcknowledged, backend: only,
            choice: PaneChoice(order: order, columns: try columns.map { try chosen($0, among: panes, shown) })
        )
        return Visit(view, path: try entities.map { try entity($0, network) })
    }

    private func chosen(_ text: String, among panes: [Pane], _ name: PaneName) throws -> [ColumnChoice] {
        let known = panes.first { $0.name == name }?.available.map(\.key.rawValue) ?? []
        return try text.split(separator: ",").map(String.init).map { column in
            guard known.contains(column) else {
                throw Failure(
                    .usage, "--columns: unknown field \"\(column)\"\(Nearest.hint(column, among: known))")
            }
            return ColumnChoice(FieldKey(rawValue: column), isShown: true)
        }
    }

    /// The entity that a word names: the backend up to the first colon behind its name, then kind and id.
    private func entity(_ word: String, _ network: Network) throws -> EntityRef {
        let named = network.connections.filter { word.hasPrefix("\($0.settings.name):") }
        guard let connection = named.max(by: { $0.settings.name.count < $1.settings.name.count }) else {
            let names = network.plans.map(\.name).joined(separator: ", ")
            throw Failure(
                .usage,
                "\(word) names no backend: write BACKEND:KIND/ID, as in core:device/17 (backends: \(names))")
        }
        let rest = word.dropFirst(connection.settings.name.count + 1)
        let kinds = connection.adapter.resources.map(\.kind) + connection.adapter.linkedKinds
        guard let slash = rest.firstIndex(of: "/"), rest.index(after: slash) < rest.endIndex,
            let kind = kinds.first(where: { $0.rawValue == rest[..<slash] })
        else {
            let words = kinds.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .usage,
                "\(word) names no entity of \(connection.settings.name): write KIND/ID, with one of \(words)")
        }
        return EntityRef(connection.settings.id, kind, id: String(rest[rest.index(after: slash)...]))
    }
}
