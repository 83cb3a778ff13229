import Canvas
import Domain

/// The pictures of an entity over the body: a list of them, or one with the times that its edges stand for.
struct GraphPicture {
    let state: State
    let view: PictureView

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            drawTitle(in: &frame, body.row(0))
            if view.openedAt == nil {
                drawMeasured(in: &frame, Rect(body.x, body.y + 1, body.width, body.height - 1))
            } else {
                drawGraph(in: &frame)
            }
        }
    }

    private func drawTitle(in frame: inout Frame, _ line: Rect) {
        var pieces = [Piece(" \(view.title)", .textStrong), Piece(" › ", .textMuted)]
        if let request = view.request {
            pieces.append(Piece(request.picture.title, .textStrong))
            pieces.append(Piece(" · \(request.span.words)", .textMuted))
        } else {
            pieces.append(Piece("graphs", .textHeading))
            if state.isSampled(view.entity) {
                pieces.append(Piece(" · last \(state.charts.span.words)", .textMuted))
            }
        }
        let start = frame.putRight(status(line.width), endingAt: line.maxX - 1, line.y)
        frame.put(pieces, line.x, line.y, width: max(0, start - line.x - 1))
    }

    /// How old the picture is, or why it is not there.
    private func status(_ width: Int) -> [Piece] {
        guard view.openedAt != nil else { return [] }
        if view.pictureProblem != nil { return [Piece("failed", .freshLost)] }
        guard view.isCurrent, let shown = view.shown else { return [Piece("asking…", .textMuted)] }
        let age = SteppedAge.text(state.now - shown.arrivedAt)
        return [Piece(width < 80 ? age : "fetched \(age) ago", .textMuted)]
    }

    // MARK: What was measured, and the list

    /// Draws what nocturne knows itself above what the server can draw.
    private func drawMeasured(in frame: inout Frame, _ area: Rect) {
        guard let measured = MeasuredPicture(state, of: view.entity) else {
            return drawList(in: &frame, area)
        }
        let isPictured = state.backend(view.entity.backend)?.picturedKinds.contains(view.entity.kind) == true
        let wanted = isPictured ? min((view.list?.count ?? 1) + 2, max(3, area.height / 3)) : 0
        let room = Rect(area.x, area.y, area.width, area.height - wanted)
        let height = measured.height(within: room)
        let charts = Rect(area.x, area.y, area.width, height)
        if height > 0 { frame.clipped(to: charts) { measured.draw(in: &$0, charts) } }
        guard isPictured else { return }
        var list = Rect(area.x, charts.maxY, area.width, area.maxY - charts.maxY)
        if height > 0, list.height > 2 {
            frame.put("graphs of \(backendName)", list.x + 1, list.y + 1, .textHeading, width: list.width - 1)
            list = Rect(list.x, list.y + 2, list.width, list.height - 2)
        }
        drawList(in: &frame, list)
    }

    private var backendName: String { state.backend(view.entity.backend)?.name ?? "the server" }

    private func drawList(in frame: inout Frame, _ area: Rect) {
        if let problem = view.problem {
            return showMessage("\(problem); \(key(.refresh)) asks again", .freshLost, in: &frame, area)
        }
        guard let list = view.list else { return showMessage("asking…", .textMuted, in: &frame, area) }
        if list.isEmpty {
            return showMessage("the server draws no graphs of it", .textMuted, in: &frame, area)
        }
        FocusedList(count: list.count, focus: view.focus) {
            [Piece(TextLayout.cut(list[$0].title, to: max(0, area.width - 4)), .text)]
        }
        .draw(in: &frame, area)
    }

    // MARK: One graph

    private func drawGraph(in frame: inout Frame) {
        let area = view.area(state)
        let body = state.layout.screen.body
        if area.maxY + 1 < body.maxY, let measured = MeasuredPicture(state, of: view.entity) {
            frame.put(measured.line(body.width), body.x, body.maxY - 1, width: body.width)
        }
        if let problem = view.pictureProblem {
            return showMessage("\(problem); \(key(.refresh)) asks again", .freshLost, in: &frame, area)
        }
        // While another one is being asked for, this one stays: its own times stand below it.
        guard let shown = view.shown else { return showMessage("asking…", .textMuted, in: &frame, area) }
        frame.draw(shown.mosaic, area.x, area.y)
        let times = Rect(area.x, area.maxY, area.width, 1)
        let left = words(shown.from, times.width)
        let right = words(shown.to, times.width)
        let start = frame.putRight([Piece(right, .textMuted)], endingAt: times.maxX - 1, times.y)
        frame.put(" \(left)", times.x, times.y, .textMuted, width: max(0, start - times.x - 1))
    }

    /// A time; on narrow screens without year and seconds.
    private func words(_ time: Timestamp, _ width: Int) -> String {
        let text = CivilTime.fields(time, offset: state.zone).text
        return width < 44 ? String(text.dropFirst(5).dropLast(3)) : text
    }

    private func key(_ action: OwnAction) -> String {
        state.keymap.spelling(of: .own(action), in: state.contexts) ?? action.rawValue
    }

    private func showMessage(_ words: String, _ role: Role, in frame: inout Frame, _ area: Rect) {
        for (row, line) in TextLayout.wrap(words, to: max(1, area.width - 2)).prefix(area.height).enumerated()
        {
            frame.put(line, area.x + 1, area.y + row, role, width: area.width - 1)
        }
    }
}
