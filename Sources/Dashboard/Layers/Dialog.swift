import Canvas

/// The ground of everything that lies over the pane.
///
/// Narrow screens are covered from edge to edge, so that no stumps of rows stand beside; on low ones the frame
/// goes, and the message line with it, so that there is room for what has to be read and pressed.
struct Dialog {
    let title: String
    let hint: String

    /// The space that a dialog may take.
    static func area(_ state: State) -> Rect {
        let screen = state.layout.screen
        let bottom = isFramed(state) ? screen.body.maxY : screen.message.maxY
        return Rect(0, screen.body.y, screen.body.width, bottom - screen.body.y)
    }

    /// The rows inside a dialog as high as can be.
    static func rows(_ state: State) -> Int { max(1, area(state).height - (isFramed(state) ? 2 : 1)) }

    /// The columns inside a dialog that would like so many.
    static func columns(_ state: State, wish: Int) -> Int {
        max(1, width(state, wish: wish) - (isFramed(state) ? 4 : 0))
    }

    private static func isFramed(_ state: State) -> Bool { state.layout.screen.body.height >= 6 }

    private static func width(_ state: State, wish: Int) -> Int {
        let most = area(state).width
        return most < wish + 8 ? most : wish
    }

    /// Draws the ground for so many lines, and gives back the area inside.
    func draw(in frame: inout Frame, _ state: State, width wish: Int, lines: Int) -> Rect {
        let area = Self.area(state)
        let isFramed = Self.isFramed(state)
        let width = Self.width(state, wish: wish)
        let height = min(area.height, lines + (isFramed ? 2 : 1))
        let rect = Rect(
            (area.width - width) / 2, area.y + max(0, area.height - height) / 3, width, height)
        guard isFramed else {
            frame.fill(rect, Theme.style(.dialog))
            frame.put(title, in: rect.row(0), Theme.style(.dialogTitle))
            return Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
        }
        return Box(title: title, hint: hint).draw(
            in: &frame, rect, border: Theme.style(.dialogBorder), title: Theme.style(.dialogTitle),
            inside: Theme.style(.dialog))
    }
}
