import Canvas

/// Which rows of a wallboard belong to what; the page gets what is left.
struct WallboardLayout {
    /// The numbers drawn large; empty where words have to do.
    let digits: Rect
    /// What they count; on small screens the numbers themselves.
    let words: Rect
    /// More about each; empty where there is no room.
    let details: Rect
    /// The servers, the page, the time.
    let status: Rect
    /// What is wrong with what is shown; empty where nothing is.
    let banner: Rect
    /// What the page is called.
    let title: Rect
    /// The page.
    let page: Rect
    /// Messages, and since when it is quiet; empty on low screens.
    let message: Rect
    /// How the numbers are drawn; nil where words have to do.
    let font: BigDigits?
    /// The columns of each number.
    let columns: [Int]

    /// - Parameters:
    ///   - lines: the rows that the numbers need as words, where they are not drawn large.
    ///   - hasBanner: whether something has to be said about what is shown.
    init(_ size: Size, numbers: [BigDigits.Demand], lines: Int, hasBanner: Bool, unicode: Bool) {
        let (width, height) = (size.width, size.height)
        // From a screen of 40 rows on, and from 30 with room beside, digits are five rows high or more.
        let room = height >= 29 ? max(5, height / 6) : height >= 16 ? 3 : 0
        font = BigDigits.largest(numbers, width: width, rows: room, unicode: unicode)
        columns = font?.columns(numbers, width) ?? []
        var y = font == nil || height < 29 ? 0 : 1
        func take(_ rows: Int) -> Rect {
            let rect = Rect(0, y, width, max(0, min(rows, height - y)))
            y += rect.height
            return rect
        }
        digits = take(font?.height ?? 0)
        words = take(font == nil ? min(lines, max(1, height - 3)) : 1)
        details = take(font != nil && height >= 29 ? 1 : 0)
        status = take(height > 1 ? 1 : 0)
        banner = take(hasBanner && height >= 4 ? 1 : 0)
        if height >= 29 { y += 1 }
        message = Rect(0, height - 1, width, height >= 8 ? 1 : 0)
        title = take(height >= 6 && y < height - 2 ? 1 : 0)
        page = Rect(0, y, width, max(0, height - message.height - y))
    }
}
