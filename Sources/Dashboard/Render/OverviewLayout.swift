import Canvas

/// Where the blocks of the overview stand; small screens keep what is wrong now and the worst.
struct OverviewLayout {
    let now: Rect
    let backends: Rect
    let map: Rect
    let worst: Rect

    /// - Parameter sites: how many sites the map has; it takes no more lines than they need.
    init(_ body: Rect, sites: Int) {
        let isWide = body.width >= 100
        let upper = min(isWide ? 6 : 5, max(0, body.height - 4))
        now = Rect(body.x, body.y, isWide ? min(46, body.width / 2) : body.width, upper)
        backends = isWide ? Rect(now.maxX, body.y, body.width - now.width, upper) : Rect(body.x, body.y, 0, 0)
        let left = body.height - upper
        // The list of the worst comes first: the map takes what a decent list leaves.
        let mapHeight =
            body.width >= 60 && left >= 12 && sites > 0 ? min((sites + 1) / 2 + 1, max(4, left / 3)) : 0
        let gap = mapHeight > 0 ? 1 : 0
        map = Rect(body.x, body.y + upper, body.width, mapHeight)
        worst = Rect(body.x, body.y + upper + mapHeight + gap + 1, body.width, left - mapHeight - gap - 1)
    }
}
