public import Canvas
internal import Domain

/// The dialog of a command on its way, by the number of its session.
public struct CommandDialog: Layer {
    let id: Int

    init(_ id: Int) { self.id = id }

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] {
        state.sessions[id]?.isTyping(state.mode) == true ? [.text] : [.dialog]
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        state.run(action, onCommand: id).map { .done($0) } ?? .passed
    }

    /// Changes what is typed.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        state.editCommand(id, change)
        return []
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        guard let session = state.sessions[id] else { return }
        CommandPicture(state: state, session: session).draw(in: &frame)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        let isLocked = state.sessions[id]?.isOnlyDryRun == true
        return stageHints(state).filter { !isLocked || $0.0 != .own(.dryRun) }
    }

    private func stageHints(_ state: State) -> [(Action, String)] {
        switch state.sessions[id]?.stage {
        case .form:
            let takesNote = state.sessions[id]?.form.isOnNote == true && !state.earlierNotes.notes.isEmpty
            return [(.own(.accept), "continue")]
                + (takesNote ? [(.own(.up), "earlier notes")] : [])
                + [
                    (.own(.nextField), "next field"), (.own(.dryRun), "dry run"),
                    (.own(.editExternally), "editor"), (.own(.cancel), "cancel"),
                ]
        case .conflicting: return [(.own(.accept), "back to the form"), (.own(.cancel), "cancel")]
        case .confirming: return [(.own(.dryRun), "dry run"), (.own(.cancel), "cancel")]
        case .done: return [(.own(.check), "check an unknown outcome"), (.own(.cancel), "close")]
        case .opening, .editing, .preparing, .repeating, nil: return [(.own(.cancel), "cancel")]
        case .sending, .checking: return [(.own(.cancel), "hide: it goes on")]
        }
    }
}

extension State {
    /// Takes the dialog of a command off the screen, wherever it lies.
    mutating func closeDialog(_ id: Int) { layers.removeAll { $0.isEqual(to: CommandDialog(id)) } }
}
