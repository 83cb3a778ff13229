import Canvas
import Dashboard
import Domain

/// The availability map: a cell for each device by site, the bad ones first.
struct MapPicture {
    let state: State
    private let sites: [SiteMap]
    private let redactor: Redactor?

    /// - Parameter page: the page that says which devices; nil shows all.
    init(state: State, page: PageState? = nil, redactor: Redactor?) {
        self.state = state
        self.redactor = redactor
        sites = page?.sites ?? state.map
    }

    /// The servers of which nothing was heard for too long: what they said of devices is history.
    private var silent: Set<BackendID> {
        Set(state.backends.filter { !state.isHeard($0) }.map(\.id))
    }

    /// How many devices there are.
    var total: [Piece] {
        guard state.offers(.devices) else { return [] }
        let count = Count(
            value: sites.reduce(0) { $0 + $1.devices.count }, isComplete: state.isComplete(.devices))
        return [Piece("\(count.text) devices", .textMuted)]
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        guard !rect.isEmpty else { return }
        guard state.offers(.devices) else {
            frame.put(" no configured backend offers devices", rect.x, rect.y, .textMuted, width: rect.width)
            return
        }
        let area = Rect(rect.x + 1, rect.y + 1, rect.width - 2, rect.height - 1)
        let down = NamesDown(state, sites, redactor: redactor)
        // The names of what is down take a third of the room at most, and all that the map leaves.
        let wanted = area.height >= Self.leastForNames ? down.lines(width: area.width) : 0
        let reserved = min(wanted, area.height / 3)
        let layout = MapLayout(sites, silent: silent, width: area.width, height: area.height - reserved)
        drawLegend(layout, in: &frame, rect.row(0))
        let map = Rect(area.x, area.y, area.width, layout.height)
        frame.clipped(to: map) { drawSites(layout, in: &$0, map) }
        guard wanted > 0 else { return }
        let gap = area.height - layout.height > wanted ? 1 : 0
        let names = Rect(area.x, map.maxY + gap, area.width, area.maxY - map.maxY - gap)
        frame.clipped(to: names) { down.draw(in: &$0, names) }
    }

    /// On lower maps devices are worth more than names.
    private static let leastForNames = 5

    private static let words: [(DeviceStatus, String)] = [
        (.down, "down"), (.warning, "partly"), (.unknown, "not known"), (.up, "up"), (.ignored, "ignored"),
        (.disabled, "disabled"), (.unmonitored, "not monitored"),
    ]

    /// The signs with their words and how many there are, and what has no place.
    private func drawLegend(_ layout: MapLayout, in frame: inout Frame, _ line: Rect) {
        let isComplete = state.isComplete(.devices)
        func number(_ value: Int) -> String { Count(value: value, isComplete: isComplete).text }
        var counts: [DeviceStatus: Int] = [:]
        for site in layout.sites { for status in site.devices { counts[status, default: 0] += 1 } }
        var end = line.maxX - 1
        let missing = layout.missing
        if !missing.isEmpty {
            let words = Self.words.compactMap { status, word in
                missing[status].map { "\(Quantity.count($0)) \(word)" }
            }
            let isBad = missing[.down] != nil || missing[.warning] != nil
            let all = Quantity.count(missing.values.reduce(0, +))
            let long = "no room for \(words.joined(separator: ", "))"
            let isLong = CharacterWidth.of(long) <= line.width / 2
            let piece = Piece(isLong ? long : "+\(all)", isBad ? .stateDown : .freshStale)
            let width = min(piece.width, line.width / 2)
            frame.put([piece], end - width, line.y, width: width)
            end -= width + 2
        }
        var pieces = [Piece(" ")]
        for (status, word) in Self.words where counts[status] != nil {
            let sign = Sign.device(status)
            pieces += [
                Piece(sign.symbol, sign.role),
                Piece(" \(number(counts[status] ?? 0)) \(word)  ", .textMuted),
            ]
        }
        frame.put(pieces, line.x, line.y, width: max(0, end - line.x))
    }

    private func drawSites(_ layout: MapLayout, in frame: inout Frame, _ area: Rect) {
        var x = area.x
        var y = area.y
        for site in layout.sites where site.lines > 0 {
            // A site begins at the head of the next column rather than be torn apart, while there is one.
            let isTorn = y + site.lines > area.maxY
            if y > area.y, y >= area.maxY || isTorn && layout.isRoomy {
                x += layout.columnWidth
                y = area.y
            }
            frame.put(
                TextLayout.cut(site.name, to: layout.nameWidth), x, y, .textMuted,
                width: layout.nameWidth)
            for line in 0..<site.lines {
                if y >= area.maxY {
                    x += layout.columnWidth
                    y = area.y
                }
                let from = line * layout.room
                for place in from..<max(from, min(site.shown, from + layout.room)) {
                    let sign = Sign.device(site.devices[place])
                    let column = x + layout.nameWidth + 1 + (place - from) * layout.pitch
                    frame.put(sign.symbol, column, y, sign.role)
                }
                if line == site.lines - 1, let more = layout.more(of: site) {
                    let column = x + layout.nameWidth + 1 + (site.shown - from) * layout.pitch
                    frame.put(" +\(Quantity.count(more))", column, y, .textMuted, width: MapLayout.moreWidth)
                }
                y += 1
            }
        }
    }
}
