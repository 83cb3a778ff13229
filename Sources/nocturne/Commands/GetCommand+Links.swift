import Configuration
import Dashboard
import Domain
import Links

extension GetCommand {
    /// Whether what is printed says what is linked, so that all lists of all servers have to be read.
    ///
    /// With several servers, what a script gets has it; with one, and for eyes, only what asks for it.
    func wantsLinks(_ network: Network) -> Bool {
        guard search == nil else { return false }
        if namesLinks { return true }
        let isWhole = columns == nil && [.json, .ndjson, .yaml].contains(output)
        return isWhole && network.connections.count > 1
    }

    /// Whether an option asks for what is linked: then what can't be read makes the answer incomplete.
    var namesLinks: Bool { merged || [columns, sort, filter].contains(where: Self.namesLinks) }

    private static func namesLinks(_ option: String?) -> Bool {
        guard let option else { return false }
        return ["linked_to", "impact", FieldKey.root.rawValue].contains { option.contains($0) }
    }

    /// The rows to print; where scripts read them, alerts have the fields of their impact whether it is known or not.
    func tables(_ rows: FetchedRows, _ links: LinkedRows?) -> [Table] {
        if let links { return links.withImpact(rows.tables) }
        guard [.json, .ndjson, .yaml, .csv].contains(output) else { return rows.tables }
        return rows.tables.map { Links.Network.empty.withImpact($0) }
    }
}
