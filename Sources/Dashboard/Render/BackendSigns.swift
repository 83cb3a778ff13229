import Canvas
package import Domain

/// Every backend's name, sign and age on one line: as much of it as there is room for.
package struct BackendSigns {
    let backends: [BackendState]
    /// What of them is looked at.
    let kinds: Set<ResourceKind>
    let now: Instant
    /// The look of names.
    let role: Role
    /// Whether what is not fresh is said in capitals, to be seen from far away.
    var isLoud = false

    /// Describes them.
    package init(
        backends: [BackendState], kinds: Set<ResourceKind>, now: Instant, role: Role, isLoud: Bool = false
    ) {
        self.backends = backends
        self.kinds = kinds
        self.now = now
        self.role = role
        self.isLoud = isLoud
    }

    /// How much is said of a backend: the ages of all, of those in trouble alone, only signs.
    private enum Detail { case ages, trouble, signs }

    /// The pieces that fit: with `title` in front where there is room for all, without ages where there is little,
    /// and in the end as many backends as possible with the worst of the others in one sign.
    package func pieces(title: Piece? = nil, width room: Int) -> [Piece] {
        let front = title.map { [$0] } ?? []
        for (detail, front) in [(Detail.ages, front), (.ages, []), (.trouble, []), (.signs, [])] {
            let all = backends.reduce(into: front) { $0 += padded(pieces(of: $1, detail)) }
            if all.reduce(0, { $0 + $1.width }) <= room { return all }
        }
        return some(room)
    }

    private func some(_ room: Int) -> [Piece] {
        var pieces: [Piece] = []
        var width = 0
        for (index, backend) in backends.enumerated() {
            let next = padded(self.pieces(of: backend, .signs))
            let rest = backends.count - index
            let more = next.reduce(0) { $0 + $1.width }
            guard width + more + (rest > 1 ? 5 : 0) <= room else {
                let worst = backends.dropFirst(index).map { $0.worst(of: kinds, now: now).freshness }
                let sign = Sign.freshness(worst.max() ?? .fresh)
                let others = [Piece(" +\(rest) ", role), Piece(sign.symbol, sign.role)]
                return width + others.reduce(0) { $0 + $1.width } <= room ? pieces + others : pieces
            }
            pieces += next
            width += more
        }
        return pieces
    }

    private func padded(_ pieces: [Piece]) -> [Piece] { [Piece(" ", role)] + pieces + [Piece(" ", role)] }

    /// Name, sign, and how old its rows are.
    private func pieces(of backend: BackendState, _ detail: Detail) -> [Piece] {
        let (freshness, arrivedAt) = backend.worst(of: kinds, now: now)
        let sign = Sign.freshness(freshness)
        var words = sign.symbol
        if detail == .ages || detail == .trouble && freshness != .fresh {
            if !freshness.word.isEmpty {
                words += " \(isLoud ? freshness.word.uppercased() : freshness.word)"
            }
            if let arrivedAt { words += " \(SteppedAge.text(now - arrivedAt))" }
        }
        let name = TextLayout.cut(backend.name, to: 16)
        var pieces = [Piece("\(name) ", role), Piece(words, sign.role)]
        if backend.isInsecure { pieces.append(Piece(" insecure", .insecure)) }
        return pieces
    }
}
