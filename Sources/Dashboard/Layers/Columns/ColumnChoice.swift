public import Domain

/// One column as the operator wants it.
public struct ColumnChoice: Sendable, Hashable {
    /// The field that it shows.
    public var key: FieldKey
    /// Whether it is shown.
    public var isShown: Bool
    /// Its width; nil leaves that to the pane.
    public var width: Int?

    /// Makes a choice.
    public init(_ key: FieldKey, isShown: Bool, width: Int? = nil) {
        self.key = key
        self.isShown = isShown
        self.width = width
    }
}

extension PaneState {
    /// Every column in order, with what was chosen; a column that is new since then stands behind, hidden.
    var columnChoices: [ColumnChoice] {
        let usual = Set(pane.usualColumns.map(\.key))
        guard let chosen = columnChoice else {
            return pane.available.map { ColumnChoice($0.key, isShown: usual.contains($0.key)) }
        }
        let known = Set(pane.available.map(\.key))
        let kept = chosen.filter { known.contains($0.key) }
        let seen = Set(kept.map(\.key))
        return kept
            + pane.available.filter { !seen.contains($0.key) }.map { ColumnChoice($0.key, isShown: false) }
    }
}
