import Canvas

/// How much of what is allowed was used, as a bar of eighths of a cell; its number always stands beside it.
struct UsageBar {
    let percent: Double

    /// A bar shorter than this says nothing that its number does not say better.
    private static let least = 4
    /// The columns that its number gets, so that bars in a column have one length.
    static let numberWidth = 6

    /// Near the limit is a warning; at it or beyond, it costs money.
    var role: Role {
        percent >= 100 ? .severityCritical : percent >= 80 ? .severityWarning : .severityOk
    }

    /// The bar and what is left of its track, in as many columns; nil where there is no room for one.
    func pieces(width: Int) -> [Piece]? {
        guard width >= Self.least, percent.isFinite else { return nil }
        // Rounded down: only what is used up is drawn full.
        let eighths = Int((max(0, min(percent, 100)) / 100 * Double(width * 8)).rounded(.down))
        let shown = percent > 0 ? max(1, eighths) : 0
        var bar = String(repeating: "█", count: shown / 8)
        if shown % 8 > 0, let part = Unicode.Scalar(0x2590 - UInt32(shown % 8)) {
            bar.unicodeScalars.append(part)
        }
        let track = String(repeating: "·", count: width - (shown + 7) / 8)
        return [Piece(bar, role), Piece(track, .textMuted)]
    }
}
