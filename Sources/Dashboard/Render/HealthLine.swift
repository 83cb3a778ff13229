import Canvas
package import Domain

/// One backend's health in a line: product, freshness, age, what is wrong.
package struct HealthLine {
    package let pieces: [Piece]
    /// The columns that it needs.
    var width: Int { pieces.reduce(0) { $0 + $1.width } }

    /// - Parameter productWidth: the columns of the product; nil leaves it out.
    package init(
        _ backend: BackendState, kinds: Set<ResourceKind>, now: Instant, wall: Timestamp, nameWidth: Int,
        productWidth: Int? = 20
    ) {
        let (freshness, arrivedAt) = backend.worst(of: kinds, now: now)
        let sign = Sign.freshness(freshness)
        let name = TextLayout.cut(backend.name, to: nameWidth)
        let pad = String(repeating: " ", count: max(0, nameWidth - CharacterWidth.of(name)) + 2)
        let product = backend.info?.product ?? backend.title
        let known = backend.isPast ? "recorded" : "fresh"
        let word = freshness == .fresh ? known : freshness.word
        let age = backend.isPast ? "" : arrivedAt.map { SteppedAge.text(now - $0) } ?? "–"
        var pieces = [
            Piece(name + pad, .text),
            Piece(
                productWidth.map { Self.padded(TextLayout.cut(product, to: $0), $0) + "  " } ?? "",
                .textMuted),
            Piece("\(sign.symbol) \(Self.padded(word, 9)) \(Self.padded(age, 4))", sign.role),
        ]
        if backend.isInsecure { pieces.append(Piece("  insecure", .insecure)) }
        if backend.mode != .normal { pieces.append(Piece("  \(backend.mode.rawValue)", .readOnly)) }
        if let words = backend.troubleWords(with: kinds, now: now) {
            pieces.append(Piece("  \(words)", .freshLost))
        } else {
            if let late = backend.latePolls(now) {
                pieces.append(Piece("  \(late.words)", .freshStale))
            } else if backend.isPollAgeUnknown(wall) {
                pieces.append(Piece("  when it polled is not known: set timezone", .freshStale))
            } else if let polled = backend.serverPolledAt {
                let sign = backend.info?.clock.isCertain == true ? "" : "~"
                let age = SteppedAge.text(Double(wall.seconds - polled.seconds))
                pieces.append(Piece("  server polled \(sign)\(age) ago", .textMuted))
            }
            let kinds = backend.kinds(of: .alerts)
            if let seconds = kinds.compactMap({ backend.health[$0]?.duration }).max(), seconds > 0 {
                let tenths = Int((seconds * 10).rounded())
                pieces.append(Piece("  \(tenths / 10).\(tenths % 10) s", .textMuted))
            }
        }
        self.pieces = pieces
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - CharacterWidth.of(text)))
    }
}
