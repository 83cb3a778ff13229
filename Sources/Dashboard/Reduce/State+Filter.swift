import Canvas
import Domain
import Filter

extension State {
    /// The names that a filter of the pane in front may use.
    private var vocabulary: FilterVocabulary {
        FilterVocabulary(
            backends.flatMap(\.resources).filter { pane.pane.kinds.contains($0.kind) },
            backends: backends.map(\.name), sets: ["marked"])
    }

    /// Filters while it is typed; a text that says nothing leaves the last good filter in force.
    mutating func filterTyped(_ text: String) -> [Effect] {
        switch FilterExpression.parse(text, vocabulary) {
        case .finished(let expression):
            return rearrange {
                $0.filterText = text
                $0.filter = expression
                $0.filterRemark = nil
            }
        case .unfinished(let remark), .failed(let remark):
            panes[paneIndex].filterRemark = remark
            return []
        }
    }

    mutating func run(_ action: OwnAction, onFilter prompt: FilterPrompt) -> [Effect]? {
        switch action {
        case .accept:
            overlays.removeLast()
            guard let remark = pane.filterRemark else { return [] }
            say(
                .bad,
                "the filter stays \(pane.filterText.isEmpty ? "empty" : pane.filterText): \(remark.words)")
            panes[paneIndex].filterRemark = nil
            return []
        case .cancel:
            overlays.removeLast()
            return filterTyped(prompt.before)
        case .nextField: return move(1)
        case .previousField: return move(-1)
        default: return []
        }
    }
}
