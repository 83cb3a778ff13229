package import Domain

/// What rows of a server lack although the server should give it, where the lack leaves open whether there is a row to
/// show at all: an alert that is made from `problem`, a leg that is down by its `state`.
///
/// Where a row is shown all the same, leave its field empty instead: `Field.decides` then says it. Collected while rows
/// are read, and said once at the end:
/// ```swift
/// var missing = MissingFields()
/// guard let problem = row.flag("problem") else { missing.note("problem", of: "services"); continue }
/// return missing.completeness
/// ```
package struct MissingFields: Sendable, Equatable {
    private struct Kind: Hashable {
        let field: String
        let rows: String
    }

    private var counts: [Kind: Int] = [:]

    /// Nothing is missing so far.
    package init() {}

    /// Whether nothing is missing.
    package var isEmpty: Bool { counts.isEmpty }

    /// Notes that a row lacks a field.
    ///
    /// - Parameters:
    ///   - field: what the server calls it.
    ///   - rows: what the rows are called, in the plural.
    package mutating func note(_ field: String, of rows: String) {
        counts[Kind(field: field, rows: rows), default: 0] += 1
    }

    /// Takes in what another collection noted.
    package mutating func formUnion(_ other: MissingFields) {
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// Complete where nothing is missing; else partial, with words such as `29 services without "problem"`.
    package var completeness: Completeness {
        guard !counts.isEmpty else { return .complete }
        let words = counts.sorted { ($0.key.rows, $0.key.field) < ($1.key.rows, $1.key.field) }.map {
            "\(Quantity.count($0.value)) \($0.key.rows) without \"\($0.key.field)\""
        }
        return .partial(words.joined(separator: ", "))
    }
}
