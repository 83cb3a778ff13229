/// How far down a list the screen stands, in words as short as possible.
public struct ScrollMark: Sendable, Hashable {
    /// The first row on screen, counted from 0.
    public var first: Int
    /// How many rows the screen has room for.
    public var visible: Int
    /// How many rows there are.
    public var total: Int

    /// Makes a mark.
    public init(first: Int, visible: Int, total: Int) {
        self.first = first
        self.visible = visible
        self.total = total
    }

    /// `top`, `12%` or `end`; empty when all rows are on screen.
    public var text: String {
        guard total > visible, visible > 0 else { return "" }
        if first <= 0 { return "top" }
        if first + visible >= total { return "end" }
        return "\(min(99, max(1, first * 100 / (total - visible))))%"
    }

    /// Writes the mark at the right end of a rectangle's first row; the rest of the row stays as it is.
    public func draw(in frame: inout Frame, _ rect: Rect, _ style: StyleID) {
        frame.put(text, in: rect, style, align: .right)
    }
}
