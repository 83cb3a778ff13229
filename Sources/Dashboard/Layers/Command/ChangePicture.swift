import Canvas
import Domain

/// What differs between versions, as lines: each version below its title, with a sign that needs no colour.
struct ChangePicture {
    let width: Int

    /// Old and new below each other.
    func lines(_ changes: [Change]) -> [[Piece]] {
        changes.flatMap { change in
            [[Piece(change.title, .textMuted)]]
                + version("- ", change.old, .dialogRemoved) + version("+ ", change.new, .dialogAdded)
        }
    }

    /// What each question began with, what the server has by now, and what the operator wrote.
    func lines(_ form: CommandForm, present: [FieldKey: Value]) -> [[Piece]] {
        form.answers.flatMap { answer -> [[Piece]] in
            let now =
                present[answer.field.key].flatMap(CommandForm.Answer.text) ?? answer.initial
            let (isTheirs, isYours) = (now != answer.initial, answer.isChanged)
            guard isTheirs || isYours else { return [] }
            var lines = [[Piece(answer.field.title, .textMuted)]]
            lines += version("  opened  ", answer.initial, .dialogRemoved)
            // Who left it as it was wants nothing of it.
            if isTheirs { lines += version("  server  ", now, .dialogAdded) }
            if isYours { lines += version("  yours   ", answer.value, .dialogAdded) }
            return lines
        }
    }

    private func version(_ sign: String, _ text: String, _ role: Role) -> [[Piece]] {
        let room = max(8, width - sign.count)
        let lines = text.isEmpty ? ["nothing"] : TextLayout.wrap(text, to: room)
        return lines.enumerated().map { row, line in
            [Piece((row == 0 ? sign : String(repeating: " ", count: sign.count)) + line, role)]
        }
    }
}
