import Canvas
import Domain
import Filter

/// Where the blocks of the overview stand; small screens keep what is wrong now and the worst.
struct OverviewLayout {
    let now: Rect
    let backends: Rect
    /// What changed since the operator looked last.
    let since: Rect
    let map: Rect
    /// How many sites stand beside each other on the map.
    let sitesPerLine: Int
    /// The names of the devices that are down.
    let down: Rect
    let worst: Rect

    /// - Parameters:
    ///   - sites: how many sites the map has; it takes no more lines than they need.
    ///   - down: how many devices are down.
    ///   - hasSince: whether there is a line for what changed.
    init(_ body: Rect, sites: Int, down count: Int, hasSince: Bool = false) {
        let isWide = body.width >= 100
        let upper = min(isWide ? 6 : 5, max(0, body.height - 4))
        let nowWidth = body.width >= 150 ? body.width * 2 / 5 : min(46, body.width / 2)
        now = Rect(body.x, body.y, isWide ? nowWidth : body.width, upper)
        backends = isWide ? Rect(now.maxX, body.y, body.width - now.width, upper) : Rect(body.x, body.y, 0, 0)
        // A blank line stands before the map where there is room for one.
        let sinceHeight = hasSince && body.height - upper >= 6 ? (body.height >= 30 ? 2 : 1) : 0
        since = Rect(body.x, body.y + upper, body.width, min(1, sinceHeight))
        let left = body.height - upper - sinceHeight
        sitesPerLine = body.width >= 180 && sites > 4 ? 3 : 2
        // The list of the worst comes first: the map takes what a decent list leaves.
        let lines = (sites + sitesPerLine - 1) / sitesPerLine + 1
        let mapHeight = body.width >= 60 && left >= 12 && sites > 0 ? min(lines, max(4, left / 3)) : 0
        let downHeight = mapHeight > 0 && count > 0 ? (body.height >= 36 ? 2 : 1) : 0
        let gap = mapHeight > 0 ? 1 : 0
        map = Rect(body.x, body.maxY - left, body.width, mapHeight)
        down = Rect(body.x, map.maxY, body.width, downHeight)
        let rest = mapHeight + downHeight + gap + 1
        worst = Rect(body.x, map.y + rest, body.width, left - rest)
    }
}

extension OverviewLayout {
    init(_ body: Rect, _ state: State) {
        self.init(
            body, sites: state.map.count, down: state.namesDown.count, hasSince: state.sinceLooked.isShown)
    }
}

extension State {
    /// What the devices are called that are down, of the backends that answer, by site.
    var namesDown: [String] {
        let silent = Set(backends.filter { !isHeard($0) }.map(\.id))
        return map.flatMap { site in
            // The bad ones stand before the others.
            site.devices.prefix { $0.status == .down }.filter { !silent.contains($0.backend) }
                .map { shortNames?.short($0.name) ?? $0.name }
        }
    }
}
