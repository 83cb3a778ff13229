import Canvas
import Domain

/// Programs of the operator's: which there are for a row, and how one is begun.
extension State {
    /// The kinds that a command is for; all where it names no pane.
    private func kinds(of command: OwnCommand) -> Set<ResourceKind>? {
        guard !command.panes.isEmpty else { return nil }
        return panes.filter { command.panes.contains($0.pane.name) }
            .reduce(into: []) { $0.formUnion($1.pane.kinds) }
    }

    /// The commands that exist here: on a wallboard none, and where nothing can be changed only those that are safe.
    public var ownCommands: [OwnCommand] {
        screen == nil ? configuredCommands.filter { $0.isSafe || !isReadOnly } : []
    }

    func ownCommand(_ title: String) -> OwnCommand? { configuredCommands.first { $0.title == title } }

    /// The commands for the row in front or the marked rows.
    var ownCommandsOfRow: [OwnCommand] {
        let found = Set(subject.prefix(1_000).map(\.kind))
        return ownCommands.filter { command in
            kinds(of: command).map { !$0.isDisjoint(with: found) } ?? !found.isEmpty
        }
    }

    /// Why a program of the operator's can't run for the row in front; nil when it can.
    func reasonAgainst(own title: String) -> String? {
        guard let command = ownCommand(title) else { return "there is no command \(title)" }
        if isReadOnly, !command.isSafe { return "read-only: \(title) is not marked safe = true" }
        guard subject.count <= 1 else {
            return "\(title) takes one row, and \(Quantity.count(subject.count)) are marked"
        }
        guard let entity = subject.first else { return "there is no row here for \(title)" }
        if let kinds = kinds(of: command), !kinds.contains(entity.kind) {
            return "\(title) is for rows of \(command.panes.map(\.rawValue).joined(separator: ", "))"
        }
        if entity.isBrowsed { return "\(title) is not for what is browsed" }
        if mode(entity.backend) == .readOnly, !command.isSafe {
            let name = backend(entity.backend)?.name ?? ""
            return "\(name) is read-only, and \(title) is not marked safe = true"
        }
        do throws(Refusal) {
            _ = try arguments(of: command, for: entity)
            return nil
        } catch {
            return error.words
        }
    }

    /// Begins a program for the row in front: asks first where that is wanted.
    mutating func begin(own title: String) -> [Effect] {
        guard let command = ownCommand(title), let entity = subject.first,
            let arguments = try? arguments(of: command, for: entity)
        else { return [] }
        let run = OwnRun(
            number: nextSession(), title: title, entity: entity, name: CleanText.oneLine(name(of: entity)),
            arguments: arguments, manner: command.manner, isSafe: command.isSafe)
        if isDryRunArmed {
            setDryRunArmed(false)
            showMessage(.plain, "dry run, not started: \(CleanText.oneLine(run.line))", stays: true)
            return []
        }
        let isGuarded = mode(entity.backend) == .guarded && !command.isSafe
        if command.isConfirmed || isGuarded {
            layers.push(OwnDialog(run: run))
            return []
        }
        return launch(run)
    }

    /// Has a program recorded and started.
    mutating func launch(_ run: OwnRun) -> [Effect] {
        if let words = reasonAgainst(starting: run) {
            showMessage(.bad, words)
            return []
        }
        switch run.manner {
        case .terminal: break
        case .captured: layers.push(OutputPage(run))
        case .background: showMessage(.plain, "\(run.title): running for \(run.name)")
        }
        return [.launch(run)]
    }

    /// Why a program may not start any more that was begun before; nil when it may.
    private func reasonAgainst(starting run: OwnRun) -> String? {
        if screen != nil { return "\(run.title) was not started: the wallboard runs nothing" }
        return mode(run.entity.backend) == .readOnly && !run.isSafe
            ? "\(run.title) was not started: read-only by now" : nil
    }

    /// A program is in the record and gets the terminal.
    mutating func ownRecorded(_ run: OwnRun, record: String) -> [Effect] {
        if let words = reasonAgainst(starting: run) {
            return [.concludeOwn(run, record: record, .notStarted(words))]
        }
        return [run.manner == .terminal ? .lend(run, record: record) : .startOwn(run, record: record)]
    }

    /// A program ended, or never ran; what could not be recorded of that is said as well.
    mutating func ownEnded(_ run: OwnRun, _ ending: OwnEnding, remark: String?) {
        layers.update(OutputPage.self) { $0.ended(run.number, ending) }
        let shown = layers.all.contains { ($0 as? OutputPage)?.number == run.number }
        if shown, remark == nil { return }
        var words = "\(run.title) for \(run.name) \(ending.words)"
        if case .notStarted = ending { words = "\(run.title) \(ending.words)" }
        let isBad = !ending.isGood || remark != nil
        showMessage(isBad ? .bad : .good, words + (remark.map { "; \($0)" } ?? ""))
    }
}
