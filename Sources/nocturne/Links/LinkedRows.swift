import AdapterKit
import Dashboard
import Domain
import Filter
import Links
import Runtime

/// What several servers say, linked for what is printed once.
struct LinkedRows: Sendable {
    private let linked: Linked
    private let backends: [String]
    /// Whether every list of every server was read whole.
    let isWhole: Bool
    /// What could not be read, or not whole, with the backend and the reason: links and impact may lack what stands there.
    let failures: [String]

    /// Links all that was read.
    ///
    /// - Parameters:
    ///   - rows: what was read; what a backend lists and is not in it counts as unknown.
    ///   - settings: how it is linked.
    init(_ rows: [FetchedRows], _ network: Network, _ settings: LinkSettings) {
        let tables = rows.flatMap(\.tables)
        let incomplete = rows.reduce(into: Set<UInt64>()) { $0.formUnion($1.incomplete) }
        let feeds = network.connections.flatMap { connection in
            connection.adapter.resources.map { resource in
                let id = connection.settings.id
                let table = tables.first { $0.backend == id && $0.resource.kind == resource.kind }
                return Feed(
                    resource, id, table,
                    table.map { incomplete.contains($0.revision) ? .partial : .fresh } ?? .neverSeen)
            }
        }
        linked = Linked(LinkRequest(feeds), after: nil, settings: settings)
        backends = network.plans.map(\.name)
        failures = rows.flatMap(\.failures).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        isWhole = failures.isEmpty && rows.allSatisfy(\.incomplete.isEmpty)
    }

    /// Reads the rest of what servers list, and links it; what can't be read makes what follows from it unknown, and is
    /// said.
    static func reading(
        besides rows: FetchedRows, of resource: String, _ network: Network, _ settings: LinkSettings,
        _ patience: Patience
    ) -> LinkedRows {
        let progress = ProgressLine.onTerminal(network.plans.map(\.name))
        let rest = wait(for: {
            await FetchedRows.gatherRest(besides: resource, from: network, patience, progress: progress)
        })
        // Where nobody named links, the rows that were asked for are whole.
        for failure in rest.failures where !rows.failures.contains(failure) {
            Console.complain("\(failure) (so not every link and impact is known)")
        }
        return LinkedRows([rows, rest], network, settings)
    }

    /// All rows of all servers with what was found between them.
    var network: Links.Network { linked.network }

    /// Rows that another one stands for, where one row is printed for each thing.
    var doubles: Doubles? { linked.doubles }

    /// Tables with the root and the impact of each alert; other tables as they are.
    func withImpact(_ tables: [Table]) -> [Table] {
        tables.map { table in linked.tables.first { $0.base == table.revision }?.table ?? table }
    }

    /// What an entity is certainly linked with on other servers, in order; nil where that is not known.
    func others(than entity: EntityRef) -> [String]? {
        let found = network.links(of: entity).filter {
            $0.evidence.isCertain && $0.other.backend != entity.backend
        }
        return found.isEmpty && !isWhole ? nil : found.map { spelling(of: $0.other) }.sorted()
    }

    /// An entity as the command line names it.
    func spelling(of entity: EntityRef) -> String {
        let place = Int(entity.backend.index)
        let backend = backends.indices.contains(place) ? backends[place] : ""
        return EntityName(entity, backend: backend).description
    }
}
