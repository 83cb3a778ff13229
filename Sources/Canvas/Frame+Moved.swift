extension Frame {
    /// The picture in a larger frame, so many cells from its left and its top; what would lie outside is left out.
    public func moved(by offset: (x: Int, y: Int), in size: Size, style: StyleID = StyleID(0)) -> Frame {
        var frame = Frame(size: size, sheet: sheet, style: style)
        frame.copyLooks(of: self)
        for y in 0..<self.size.height {
            for x in 0..<self.size.width {
                let cell = self[x, y]
                // What stands behind a wide character is written with it.
                if cell.width > 0 { frame.put(cell, x + offset.x, y + offset.y) }
            }
        }
        frame.cursor = cursor.map { (x: $0.x + offset.x, y: $0.y + offset.y) }
        return frame
    }
}
