/// A size in cells.
public struct Size: Sendable, Hashable {
    /// Columns and rows.
    public var width: Int, height: Int
    /// Makes a size.
    public init(_ width: Int, _ height: Int) {
        self.width = width
        self.height = height
    }
}

/// A rectangle of cells; never of negative extent.
public struct Rect: Sendable, Hashable {
    /// The upper left cell.
    public var x: Int, y: Int
    /// The extent.
    public var width: Int, height: Int

    /// Makes a rectangle; negative extents become 0.
    public init(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// The column behind the last one, and the row below the last one.
    public var maxX: Int { x + width }
    /// The row below the last one.
    public var maxY: Int { y + height }
    /// Whether it holds no cell.
    public var isEmpty: Bool { width == 0 || height == 0 }

    /// The cells that lie in both.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(left, top, min(maxX, other.maxX) - left, min(maxY, other.maxY) - top)
    }

    /// The rectangle with margins taken off.
    public func inset(_ horizontal: Int, _ vertical: Int) -> Rect {
        Rect(x + horizontal, y + vertical, width - 2 * horizontal, height - 2 * vertical)
    }

    /// One row of it, counted from its top.
    public func row(_ index: Int) -> Rect { Rect(x, y + index, width, index < height ? 1 : 0) }
}
