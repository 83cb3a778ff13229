import AdapterKit
import Domain
import Filter
import JSON
import Runtime

extension GetCommand {
    /// Prints the rows, and each again that something happens to.
    func follow(_ setup: Setup) throws {
        let network = try setup.connect(forReading: true)
        let offered = network.connections.flatMap(\.adapter.resources)
        let watched = offered.filter { $0.answers(to: [resource]) }
        guard !watched.isEmpty else {
            throw Failure(.usage, Self.unknown(resource, among: network, listed: offered.map(\.plural)))
        }
        let names = network.plans.map(\.name)
        let vocabulary = FilterVocabulary(watched, backends: names, isStrict: true)
        var watcher = Watcher(network: network, resources: [resource], tellsPresent: true)
        watcher.filter = try filter.map { try FilterExpression.option($0, vocabulary) }
        watcher.order = try RowChoice(filter: nil, sort: sort).order(vocabulary, of: watched)
        var fields: [Field] = []
        for field in watched.flatMap(\.fields) where !fields.contains(where: { $0.key == field.key }) {
            fields.append(field)
        }
        let chosen = try columns.map {
            try Listing.columns($0, among: fields, Listing.Style.listed.common)
        }
        // Who names columns wants to see each of them change, also what is measured.
        watcher.keys = chosen?.compactMap { if case .field(let field) = $0 { field.key } else { nil } }
        let table = FollowedTable(
            chosen ?? [.backend] + fields.map(Listing.Column.field), network.clock, width: Console.width,
            isColored: Console.wantsColors, hasTitles: !hidesTitles, write: { Console.write($0) },
            complain: { Console.complain($0) })
        let ready = watcher
        let isTable = output == .table
        let timeout = timeout
        let end = wait(for: {
            await ready.follow(count: nil, timeout: timeout) { notice in
                if isTable { table.take(notice) } else { Console.print(notice.line.text) }
            }
        })
        table.finish()
        guard end.silent.isEmpty else {
            throw Failure(
                .backendFailed, "no complete answer from \(end.silent.joined(separator: ", "))")
        }
    }
}
