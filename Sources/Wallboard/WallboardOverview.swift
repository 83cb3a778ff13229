import Canvas
import Dashboard
import Domain

/// The overview of a wallboard: the worst, where, and how the servers are.
struct WallboardOverview {
    let state: State
    let page: PageState
    let redactor: Redactor?

    /// From this width on the worst stand beside the rest.
    private static let wide = 150
    /// Below this height a page has no room for large rows and what else belongs to an overview.
    private static let leastForLarge = 14

    /// Of the room of a screen for large letters, what the worst take at most, in fifths.
    private static let fifths = 3

    func draw(in frame: inout Frame, _ rect: Rect) {
        let servers = state.backends.count + 1
        let sites = state.offers(.devices) && !state.map.isEmpty
        if BigRows.fit(state), rect.height >= Self.leastForLarge {
            let worst = Rect(rect.x, rect.y, rect.width, rect.height * Self.fifths / 5)
            let used = RowsPicture(state: state, page: page, redactor: redactor).drawWorst(in: &frame, worst)
            if used > 0 {
                let rest = Rect(rect.x, rect.y + used + 1, rect.width, rect.height - used - 1)
                return drawWhere(in: &frame, rest, servers: servers, hasSites: sites)
            }
        }
        if rect.width >= Self.wide, rect.height >= servers + 8 {
            let left = rect.width * 3 / 5
            drawWorst(in: &frame, Rect(rect.x, rect.y, left, rect.height))
            let right = Rect(rect.x + left + 2, rect.y, rect.width - left - 2, rect.height)
            drawServers(in: &frame, Rect(right.x, right.y, right.width, servers))
            if sites {
                drawMap(
                    in: &frame, Rect(right.x, right.y + servers + 1, right.width, right.height - servers - 1))
            }
            return
        }
        // The worst come first: the others take what a decent list leaves.
        let mapRows = sites && rect.height >= 12 ? max(4, rect.height / 3) : 0
        let serverRows = rect.height - mapRows >= 2 * servers + 8 ? servers + 1 : 0
        let worst = Rect(rect.x, rect.y, rect.width, rect.height - mapRows - serverRows)
        drawWorst(in: &frame, worst)
        if mapRows > 0 { drawMap(in: &frame, Rect(rect.x, worst.maxY, rect.width, mapRows)) }
        if serverRows > 0 {
            drawServers(in: &frame, Rect(rect.x + 1, worst.maxY + mapRows + 1, rect.width - 1, servers))
        }
    }

    /// Draws where something is wrong and how the servers are, beside each other or one below the other.
    private func drawWhere(in frame: inout Frame, _ rect: Rect, servers: Int, hasSites: Bool) {
        if rect.width >= Self.wide || !hasSites {
            let left = hasSites ? rect.width * 3 / 5 : 0
            if hasSites { drawMap(in: &frame, Rect(rect.x, rect.y, left, rect.height)) }
            let gap = hasSites ? 2 : 1
            return drawServers(
                in: &frame,
                Rect(rect.x + left + gap, rect.y, rect.width - left - gap, min(servers, rect.height)))
        }
        let serverRows = rect.height >= 2 * servers + 4 ? servers + 1 : 0
        drawMap(in: &frame, Rect(rect.x, rect.y, rect.width, rect.height - serverRows))
        guard serverRows > 0 else { return }
        let lines = Rect(rect.x + 1, rect.maxY - servers, rect.width - 1, servers)
        drawServers(in: &frame, lines)
    }

    private func drawWorst(in frame: inout Frame, _ rect: Rect) {
        frame.clipped(to: rect) {
            RowsPicture(state: state, page: page, redactor: redactor).draw(in: &$0, rect)
        }
    }

    private func drawMap(in frame: inout Frame, _ rect: Rect) {
        frame.clipped(to: rect) { MapPicture(state: state, redactor: redactor).draw(in: &$0, rect) }
    }

    private func drawServers(in frame: inout Frame, _ rect: Rect) {
        frame.put("SERVERS", rect.x, rect.y, .textHeading, width: rect.width)
        let nameWidth = min(16, state.backends.map { CharacterWidth.of($0.name) }.max() ?? 0)
        for (index, backend) in state.backends.enumerated() where index + 1 < rect.height {
            let line = HealthLine(
                backend, kinds: state.kindsInUse, now: state.now, wall: state.wall, nameWidth: nameWidth)
            let pieces = line.pieces.map { Piece(redactor?.words($0.text) ?? $0.text, $0.role) }
            frame.put(pieces, rect.x, rect.y + 1 + index, width: rect.width)
        }
    }
}
