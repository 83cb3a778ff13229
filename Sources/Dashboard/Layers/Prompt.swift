internal import Canvas

/// A layer of one line that is typed into, in place of the message line.
protocol Prompt: Layer {
    /// Draws the line.
    func draw(in frame: inout Frame, line: Rect, _ state: State)
}
