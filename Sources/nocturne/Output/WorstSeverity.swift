import Domain
import Filter

extension Listing {
    /// How bad rows are, all of them together.
    struct Verdict {
        /// The worst that any row says.
        var worst = Severity.ok
        /// How many rows do not say it, so that each may be worse.
        var unknown = 0
    }

    /// How bad the rows are, as `--exit-severity` tells it; nil where no row's kind says how bad it is.
    ///
    /// Severity words count as they are. Of what has none, a status such as `down` is critical, one such as `degraded` or
    /// `warning` a warning.
    var verdict: Verdict? {
        var places: [Int: Int] = [:]
        for (number, table) in arrangement.tables.enumerated() {
            let fields = table.resource.fields
            places[number] =
                fields.firstIndex { $0.type == .severity } ?? fields.firstIndex { $0.key == .status }
        }
        guard !places.isEmpty else { return nil }
        var verdict = Verdict()
        for handle in arrangement.rows {
            guard let place = places[handle.table] else { continue }
            let table = arrangement.tables[handle.table]
            let word = table.text(handle.row, place)
            let severity =
                table.resource.fields[place].type == .severity ? Severity(word: word) : Self.severity(word)
            if severity == .unknown { verdict.unknown += 1 }
            verdict.worst = max(verdict.worst, severity)
        }
        return verdict
    }

    private static func severity(_ status: String) -> Severity {
        switch Urgency.rank(status) {
        case 1: .critical
        case 2: .warning
        case 3: .unknown
        default: .ok
        }
    }
}
