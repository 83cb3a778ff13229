import Canvas

/// How much of what is allowed was used, as a bar of half cells; its number always stands beside it.
///
/// It is half as high as a line, so that bars below each other are apart, and has a colour only where it means
/// something: what is far from its limit is to be quiet.
struct UsageBar {
    let percent: Double

    /// A bar shorter than this says nothing that its number does not say better.
    private static let least = 4
    /// The columns that its number gets, so that bars in a column have one length.
    static let numberWidth = 6

    /// Near the limit is a warning; at it or beyond, it costs money.
    var role: Role {
        percent >= 100 ? .severityCritical : percent >= 80 ? .severityWarning : .textMuted
    }

    /// The bar and what is left of its track, in as many columns; nil where there is no room for one.
    func pieces(width: Int) -> [Piece]? {
        guard width >= Self.least, percent.isFinite else { return nil }
        // Rounded down: only what is used up is drawn full.
        let halves = Int((max(0, min(percent, 100)) / 100 * Double(width * 2)).rounded(.down))
        let shown = percent > 0 ? max(1, halves) : 0
        let bar = String(repeating: "▄", count: shown / 2) + (shown % 2 > 0 ? "▖" : "")
        let track = String(repeating: "·", count: width - (shown + 1) / 2)
        return [Piece(bar, role), Piece(track, .textMuted)]
    }
}
