import Canvas
import Domain

/// An opened entity: breadcrumbs, how old it is, and its fields in sections.
struct DetailPicture {
    let state: State
    let opened: DetailState
    /// Whether the keys are in a list that it stands beside.
    let isBeside: Bool
    private let highlights: Highlights

    init(state: State, opened: DetailState, isBeside: Bool = false) {
        self.state = state
        self.opened = opened
        self.isBeside = isBeside
        highlights = Highlights(opened.find)
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        drawTitle(in: &frame, rect.row(0))
        let area = Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
        let lines = state.lines(of: opened)
        let columns = isBeside ? 1 : state.detailColumns(lines.count)
        let width = area.width / columns
        let nameWidth = nameWidth(lines, width)
        let valueWidth = lines.reduce(0) { max($0, stripOffset($1)) }
        for place in opened.top..<max(opened.top, min(lines.count, opened.top + area.height * columns)) {
            let (column, row) = (place - opened.top).quotientAndRemainder(dividingBy: area.height)
            let line = area.row(row)
            // One cell stays free between the columns.
            let own = Rect(line.x + column * width, line.y, width - (column + 1 < columns ? 1 : 0), 1)
            draw(
                lines[place], in: &frame, own, nameWidth, valueWidth,
                isFocused: place == opened.focus && !isBeside)
        }
        if isBeside { drawRest(lines.count - area.height, in: &frame, area) }
    }

    /// The columns of a bar where there is room.
    private static let barWidth = 24

    /// Says on the last line how many more there are, and what shows them.
    private func drawRest(_ more: Int, in frame: inout Frame, _ area: Rect) {
        guard more > 0, area.height > 1 else { return }
        let line = area.row(area.height - 1)
        let key = state.keymap.spelling(of: .own(.open), in: [.table]) ?? ""
        frame.fill(line, Theme.style(.text))
        let words = "   … \(Quantity.count(more + 1)) more lines: \(key) opens it"
        frame.put(words, line.x, line.y, .textMuted, width: line.width)
    }

    private func drawTitle(in frame: inout Frame, _ line: Rect) {
        var pieces = state.paneTitle(withPath: false)
        for detail in state.details {
            pieces.append(Piece(" › ", .textMuted))
            pieces.append(Piece(detail.title, .textStrong))
        }
        if isBeside { pieces = [Piece(" \(opened.title)", .textStrong)] }
        if opened.entity.isBrowsed {
            // Its path says which it is; a second time where it has no other name would be once too often.
            let path = CleanText.oneLine(opened.entity.id)
            if path != opened.title { pieces.append(Piece("  \(path)", .textMuted)) }
        } else if let backend = state.backend(opened.entity.backend) {
            pieces.append(Piece("  \(backend.name) · \(opened.entity)", .textMuted))
        }
        if !state.isPast, let snooze = state.snooze(of: opened.entity) {
            let until = snooze.until.map { "until \(State.clock($0, state.wall, state.zone))" }
            pieces.append(Piece("  snoozed here \(until ?? "until it changes")", .match))
        }
        if let claim = state.claims.of(opened.entity).first {
            pieces.append(Piece("  \(Sign.claim.symbol)\(claim.who)", Sign.claim.role))
        }
        if let find = opened.find, !find.text.isEmpty {
            pieces.append(Piece("  find \(find.text) · \(find.words(opened.focus))", .textStrong))
        }
        let start = frame.putRight(ages(line.width), endingAt: line.maxX - 1, line.y)
        frame.put(pieces, line.x, line.y, width: max(0, start - line.x - 1))
    }

    /// When nocturne fetched it, and when the server itself looked.
    private func ages(_ width: Int) -> [Piece] {
        guard width >= 40 else { return [] }
        if let problem = opened.problem {
            return [Piece(TextLayout.cut(problem.words, to: width / 2), .freshLost)]
        }
        guard let arrivedAt = opened.arrivedAt else { return [Piece("asking…", .textMuted)] }
        let age = SteppedAge.text(state.now - arrivedAt)
        guard width >= 80 else { return [Piece(age, .textMuted)] }
        var words = "fetched \(age) ago"
        var role = Role.textMuted
        if let found = state.find(opened.entity), let polled = found.table.integer(found.row, .lastPolled) {
            let isCertain = state.backend(opened.entity.backend)?.info?.clock.isCertain ?? false
            words +=
                " · server polled \(isCertain ? "" : "~")\(Quantity.age(max(0, state.wall.seconds - polled))) ago"
            if state.lateness(found.table)?.isLate(found.row) == true { role = .freshStale }
        }
        return [Piece(words, role)]
    }

    /// The columns that stand before a line's strip, so that strips begin below each other.
    private func stripOffset(_ line: DetailLine) -> Int {
        guard case .field(let field) = line, field.strip != nil else { return 0 }
        let cell = value(field)
        return CharacterWidth.of(cell.text) + (cell.parts.map { $0.words.count + 2 } ?? 0)
    }

    private func nameWidth(_ lines: [DetailLine], _ width: Int) -> Int {
        let widest = lines.reduce(8) { widest, line in
            if case .field(let field) = line { max(widest, CharacterWidth.of(field.name)) } else { widest }
        }
        return min(widest, max(8, min(28, width / 3)))
    }

    private func draw(
        _ line: DetailLine, in frame: inout Frame, _ rect: Rect, _ nameWidth: Int, _ valueWidth: Int,
        isFocused: Bool
    ) {
        switch line {
        case .blank: break
        case .plot(let dots): frame.put("   \(dots)", rect.x, rect.y, .text, width: rect.width)
        case .heading(let title): frame.put(" \(title)", rect.x, rect.y, .textHeading, width: rect.width)
        case .field(let field):
            let variant: Variant = isFocused ? .selected : .plain
            if isFocused {
                frame.fill(rect, Theme.style(.cursor, .selected))
                frame.put("▌", rect.x, rect.y, .cursor, variant)
            }
            let name = TextLayout.cut(field.name, to: nameWidth)
            frame.put(
                highlights.pieces(Piece(name, .textMuted), of: "name"), rect.x + 3, rect.y, variant,
                width: rect.width - 3)
            let start = rect.x + 3 + nameWidth + 2
            let x =
                start
                + frame.put(
                    branch(field), start, rect.y, .textMuted, variant, width: max(0, rect.maxX - start))
            let cell = value(field)
            var textX = x
            if let parts = cell.parts {
                let width = max(0, rect.maxX - x)
                textX = frame.put(parts.pieces(width: width), x, rect.y, variant, width: width) + 2
            }
            if let bar = cell.bar?.pieces(width: min(Self.barWidth, rect.maxX - x - UsageBar.numberWidth - 2))
            {
                textX = frame.put(bar, x, rect.y, variant, width: rect.maxX - x) + 2
            }
            let words = Piece(TextLayout.cut(cell.text, to: max(0, rect.maxX - textX)), cell.role)
            textX = frame.put(
                highlights.pieces(words, of: "value"), textX, rect.y, variant, width: rect.maxX - textX)
            if let strip = field.strip {
                textX = max(textX, x + min(valueWidth, Self.barWidth))
                if textX > x { textX += 2 }
                let width = max(0, rect.maxX - 1 - textX)
                let pieces = StripCells(strip: strip).pieces(width: width, zone: state.zone)
                frame.put(pieces, textX, rect.y, variant, width: width)
            }
        }
    }

    func value(_ line: Detail.Line) -> CellText {
        if case .ref(let entity, let name) = line.value {
            return CellText("\(name.isEmpty ? entity.description : name) ›", .link)
        }
        if case .time(let moment) = line.value {
            let isCertain = state.backend(opened.entity.backend)?.info?.clock.isCertain ?? false
            let text = CivilTime.fields(moment, offset: state.zone).text
            let age = state.wall.seconds - moment.seconds
            let words = age >= 0 ? "\(Quantity.age(age)) ago" : "in \(Quantity.age(-age))"
            return CellText("\(isCertain ? "" : "~")\(text)  (\(words))", .text)
        }
        var cell = CellText(line.value, line.type, key: "", now: state.wall)
        // Signs stand for words, which there is room for here.
        if let parts = cell.parts { cell.text = parts.words.joined(separator: ", ") }
        return cell
    }

    /// How deep a line stands in its tree, and whether what is below it is shown.
    private func branch(_ line: Detail.Line) -> String {
        let indent = String(repeating: "  ", count: min(line.depth, 20))
        guard line.isExpandable, case .ref(let entity, _) = line.value else {
            return line.depth > 0 ? indent + "  " : ""
        }
        guard let branch = opened.branches[entity], branch.isOpen else { return indent + "▸ " }
        return indent + (branch.isEmpty ? "  " : "▾ ")
    }
}
