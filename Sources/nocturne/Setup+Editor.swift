import Configuration
import Dashboard
import Runtime

extension Setup {
    /// The editor that the operator's environment names, else `vi`.
    var editor: ExternalEditor {
        let environment = Setup.environment
        let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }
            .first { !$0.allSatisfy(\.isWhitespace) }
        return ExternalEditor(
            command: named ?? "vi", directory: directories.runtime ?? directories.state,
            withheld: withheld, write: FormSheet.text, read: Self.edited)
    }

    /// What an editor wrote, as the answers of a form.
    static func edited(_ text: String, _ draft: Draft) -> Edited {
        do throws(FormFault) {
            return .answers(try FormSheet.answers(in: text, to: draft))
        } catch {
            return .rejected(Draft.Rejected(text: text, words: error.words))
        }
    }
}
