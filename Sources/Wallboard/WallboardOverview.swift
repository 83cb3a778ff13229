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

    func draw(in frame: inout Frame, _ rect: Rect) {
        let servers = state.backends.count + 1
        let sites = state.offers(.devices) && !state.map.isEmpty
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

    private func drawWorst(in frame: inout Frame, _ rect: Rect) {
        frame.clipped(to: rect) {
            RowsPicture(state: state, page: page, redactor: redactor).draw(in: &$0, rect)
        }
    }

    private func drawMap(in frame: inout Frame, _ rect: Rect) {
        frame.clipped(to: rect) { MapPicture(state: state).draw(in: &$0, rect) }
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
