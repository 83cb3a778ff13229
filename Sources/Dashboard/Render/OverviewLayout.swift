import Canvas

/// Where the blocks of the overview stand; small screens keep what is wrong now and the worst.
struct OverviewLayout {
    let now: Rect
    let backends: Rect
    let map: Rect
    let worst: Rect

    init(_ body: Rect) {
        let isWide = body.width >= 100
        let upper = min(isWide ? 6 : 5, max(0, body.height - 4))
        now = Rect(body.x, body.y, isWide ? min(46, body.width / 2) : body.width, upper)
        backends = isWide ? Rect(now.maxX, body.y, body.width - now.width, upper) : Rect(body.x, body.y, 0, 0)
        let left = body.height - upper
        // The list of the worst comes first: the map takes what a decent list leaves.
        let mapHeight = body.width >= 60 && left >= 12 ? min(8, max(4, left / 3)) : 0
        map = Rect(body.x, body.y + upper, body.width, mapHeight)
        worst = Rect(body.x, body.y + upper + mapHeight + 1, body.width, left - mapHeight - 1)
    }
}
