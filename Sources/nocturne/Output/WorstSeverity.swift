import Domain
import Filter

extension Listing {
    /// The worst of all rows, as `--exit-severity` tells it; nil where no row's kind says how bad it is.
    ///
    /// Severity words count as they are. Of what has none, `down` is critical, `degraded` and `warning` are warnings.
    var worst: Severity? {
        var worst: Severity?
        var places: [Int: Int] = [:]
        for (number, table) in arrangement.tables.enumerated() {
            let fields = table.resource.fields
            places[number] =
                fields.firstIndex { $0.type == .severity } ?? fields.firstIndex { $0.key == .status }
            if places[number] != nil { worst = worst ?? .ok }
        }
        for handle in arrangement.rows {
            guard let place = places[handle.table] else { continue }
            worst = max(worst ?? .ok, Self.severity(arrangement.tables[handle.table].text(handle.row, place)))
        }
        return worst
    }

    private static func severity(_ word: String) -> Severity {
        switch word {
        case "down": .critical
        case "degraded": .warning
        default: Severity(word: word)
        }
    }
}
