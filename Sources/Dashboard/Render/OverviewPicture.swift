import Canvas
import Domain

/// The overview: what is wrong now, how the backends are, where, and the worst first.
struct OverviewPicture {
    let state: State

    func draw(in frame: inout Frame, _ body: Rect) {
        let layout = OverviewLayout(body, state)
        frame.clipped(to: layout.now) { drawNow(in: &$0, layout.now) }
        frame.clipped(to: layout.backends) { drawBackends(in: &$0, layout.backends) }
        frame.clipped(to: layout.since) { SinceBlock(state: state).draw(in: &$0, layout.since) }
        frame.clipped(to: layout.map) { drawMap(in: &$0, layout.map, layout.sitesPerLine) }
        frame.clipped(to: layout.down) { drawDown(in: &$0, layout.down) }
        guard !layout.worst.isEmpty else { return }
        let title = Rect(body.x, layout.worst.y - 1, body.width, 1)
        frame.put(
            [Piece(" WORST", .textHeading)] + Chips(state: state, pane: state.pane).pieces, title.x, title.y,
            width: title.width
        )
        TablePicture(state, state.pane, width: layout.worst.width).draw(in: &frame, layout.worst)
    }

    private func drawNow(in frame: inout Frame, _ rect: Rect) {
        let counts = state.counts
        frame.put(state.isPast ? " THEN" : " NOW", rect.x, rect.y, .textHeading)
        // Servers are not linked in the past: what two of them see counts twice.
        if state.isPast, state.backends.count > 1 {
            frame.put("each server's rows", rect.x + 7, rect.y, .textMuted, width: max(0, rect.width - 7))
        }
        var rows: [(Piece, [String], Role)] = []
        let alerts: [(Int, Int, String, Role, String)] = [
            (counts.critical, counts.criticalUnhandled, "▲", .severityCritical, "critical"),
            (counts.warning, counts.warningUnhandled, "◆", .severityWarning, "warning"),
        ]
        for (value, unhandled, symbol, role, word) in alerts {
            let count = state.alertCount(value)
            let sign = Sign(of: count, symbol, role)
            rows.append(
                (
                    Piece(" \(sign.symbol) \(count.text) \(word)", sign.role),
                    value > 0 ? ["\(state.alertCount(unhandled).text) not acknowledged"] : [], .text
                ))
        }
        if state.offers(.devices) {
            let down = state.devicesDown
            let sign = Sign(of: down, "▼", .stateDown)
            let noun = down.value == 1 && down.isComplete ? "device" : "devices"
            rows.append(
                (
                    Piece(" \(sign.symbol) \(down.text) \(noun) down", sign.role),
                    state.deviceWords(counts), .textMuted
                ))
        }
        if state.offers(.bonds) { rows.append(bondsRow) }
        let column = rows.reduce(0) { max($0, $1.0.width) } + 2
        for (index, row) in rows.enumerated() {
            let y = rect.y + 1 + index
            frame.put([row.0], rect.x, y, width: rect.width - 1)
            let room = rect.width - column - 1
            frame.put(Self.words(row.1, within: room), rect.x + column, y, row.2, width: room)
        }
    }

    /// As many words as there is room for: a number that is cut is another number.
    private static func words(_ words: [String], within width: Int) -> String {
        for count in stride(from: words.count, to: 1, by: -1) {
            let text = words.prefix(count).joined(separator: ", ")
            if CharacterWidth.of(text) <= width { return text }
        }
        return words.first ?? ""
    }

    /// How many bonds carry less than they should, and how many are not where they belong.
    private var bondsRow: (Piece, [String], Role) {
        let counts = state.counts
        let isKnown = state.isComplete(.bonds)
        // How many are unknown stands beside: "4 degraded, 1 unknown" is exact. That there are none is not known then.
        func count(_ value: Int, unknown: Int) -> Count {
            Count(value: value, isComplete: isKnown && (unknown == 0 || value > 0))
        }
        let degraded = count(counts.bondsDegraded, unknown: counts.bondsUnknown)
        let down = count(counts.bondsDown, unknown: counts.bondsUnknown)
        let failedOver = Count(
            value: counts.bondsFailedOver, isComplete: isKnown && counts.bondsPlaceUnknown == 0)
        let isCertain = isKnown && counts.bondsUnknown == 0 && failedOver.isComplete
        let some = Count(value: degraded.value + failedOver.value, isComplete: isCertain)
        let sign = down.value > 0 ? Sign("▼", .stateDown) : Sign(of: some, "◐", .statePartly)
        let noun = degraded.value == 1 && degraded.isComplete ? "bond" : "bonds"
        return (
            Piece(" \(sign.symbol) \(degraded.text) \(noun) degraded", sign.role),
            ["\(down.text) down"] + (counts.bondsUnknown > 0 ? ["\(counts.bondsUnknown) unknown"] : [])
                + ["\(failedOver.text) failed over"], .text
        )
    }

    private func drawBackends(in frame: inout Frame, _ rect: Rect) {
        frame.put("BACKENDS", rect.x, rect.y, .textHeading)
        let nameWidth = min(16, state.backends.map { CharacterWidth.of($0.name) }.max() ?? 0)
        let lines = state.backends.prefix(max(0, rect.height - 1))
        func all(productWidth: Int?) -> [HealthLine] {
            lines.map {
                HealthLine(
                    $0, kinds: state.kindsInUse, now: state.now, wall: state.wall, nameWidth: nameWidth,
                    productWidth: productWidth)
            }
        }
        // What is wrong is not cut for the name of a product.
        let widest = state.backends.map { CharacterWidth.of($0.info?.product ?? $0.title) }.max() ?? 0
        let whole = all(productWidth: min(20, widest))
        let isTooWide = whole.contains { $0.width > rect.width }
        for (index, line) in (isTooWide ? all(productWidth: nil) : whole).enumerated() {
            frame.put(line.pieces, rect.x, rect.y + 1 + index, width: rect.width)
        }
    }

    /// Which devices are down: their number is no help, their names are.
    private func drawDown(in frame: inout Frame, _ rect: Rect) {
        let names = state.namesDown.map { Piece(TextLayout.cutMiddle($0, to: 40) + "  ", .stateDown) }
        var pieces = [Piece(" DOWN  ", .textHeading)]
        let indent = 7
        var (column, y) = (indent, rect.y)
        for (index, name) in names.enumerated() {
            let isLast = y + 1 == rect.maxY
            let more = Piece("+\(names.count - index)", .textMuted)
            if column + name.width + (isLast && index + 1 < names.count ? 6 : 0) > rect.width {
                if isLast {
                    pieces.append(more)
                    break
                }
                frame.put(pieces, rect.x, y, width: rect.width)
                pieces = [Piece(String(repeating: " ", count: indent), .text)]
                (column, y) = (indent, y + 1)
            }
            pieces.append(name)
            column += name.width
        }
        frame.put(pieces, rect.x, y, width: rect.width)
    }

    private func drawMap(in frame: inout Frame, _ rect: Rect, _ sitesPerLine: Int) {
        guard rect.height > 1 else { return }
        var legend = [Piece(" MAP  ", .textHeading)]
        let words: [(DeviceStatus, String)] = [
            (.up, "up"), (.down, "down"), (.warning, "partly"), (.ignored, "ignored"),
            (.disabled, "disabled"),
            (.unknown, "not known"),
        ]
        for (status, word) in words {
            let sign = Sign.device(status)
            legend += [Piece(sign.symbol, sign.role), Piece(" \(word)  ", .textMuted)]
        }
        frame.put(legend, rect.x, rect.y, width: rect.width)
        let silent = Set(state.backends.filter { !state.isHeard($0) }.map(\.id))
        var x = rect.x + 1
        var y = rect.y + 1
        let column = max(20, (rect.width - 2) / sitesPerLine)
        for site in state.map {
            guard y < rect.maxY else { return }
            drawSite(site, in: &frame, Rect(x, y, min(column, rect.maxX - x) - 2, 1), silent)
            x += column
            if x + column > rect.maxX {
                x = rect.x + 1
                y += 1
            }
        }
    }

    private func drawSite(_ site: SiteMap, in frame: inout Frame, _ line: Rect, _ silent: Set<BackendID>) {
        let name = TextLayout.cut(site.site.isEmpty ? "no location" : site.site, to: 16)
        frame.put(name, line.x, line.y, .textMuted)
        let room = line.width - 17
        // Up devices lose their place on the map first: the bad ones stand before them.
        let hasMore = site.devices.count > room
        for (index, spot) in site.devices.prefix(hasMore ? max(0, room - 6) : room).enumerated() {
            let sign = Sign.device(silent.contains(spot.backend) ? .unknown : spot.status)
            frame.put(sign.symbol, line.x + 17 + index, line.y, sign.role)
        }
        if hasMore {
            frame.put(" +\(site.devices.count - room + 6)", line.x + 17 + room - 6, line.y, .textMuted)
        }
    }
}
