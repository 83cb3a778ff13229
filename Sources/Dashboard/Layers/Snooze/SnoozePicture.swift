import Canvas
import Domain
import Filter

/// The line on which it is typed how long rows are hidden here.
struct SnoozePicture {
    let prompt: SnoozePrompt

    func draw(in frame: inout Frame, _ line: Rect) {
        let count = prompt.targets.count
        let what = count == 1 ? "" : " \(Quantity.count(count)) rows"
        let start = frame.put(" snooze\(what) here: ", line.x, line.y, .key, width: line.width)
        let room = max(0, line.width - start)
        let words = remark
        let typed = CharacterWidth.of(prompt.input.text) + 1
        let field = Rect(line.x + start, line.y, max(min(typed, room), room / 5), 1)
        prompt.input.draw(in: &frame, field, Theme.style(.input))
        let rest = TextLayout.cut("  \(words)", to: max(0, line.maxX - field.maxX))
        frame.put(rest, field.maxX, line.y, prompt.remark == nil ? .textMuted : .freshStale)
    }

    /// What is wrong with what is typed, else what may be, and that nobody else sees it.
    private var remark: String {
        if let remark = prompt.remark { return "column \(remark.column + 1): \(remark.words)" }
        let choice = prompt.input.isEmpty ? " · 1h, 08:00, or nothing: until it changes" : ""
        return "not on the server\(choice)"
    }
}
