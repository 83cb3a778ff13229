internal import Canvas
public import Dashboard
internal import Domain
public import TOML

/// A program of the operator's as the file has it: its keys are held to a keymap when one is chosen.
public struct ConfiguredCommand: Sendable, Equatable {
    /// What it is; its keys are those that the file wants.
    public var command: OwnCommand
    /// The file that says so.
    public var file: String
    /// Where its key stands.
    public var keyPosition: TOMLPosition
}

extension ConfiguredCommand {
    /// Reads one `[[command]]`; nil when it can't do what was meant, and then there is a complaint.
    init?(_ values: SettingValues, _ resources: [ResourceDescriptor]?, reader: inout SchemaReader) {
        var isSound = values.faults.isEmpty
        func complain(at position: TOMLPosition, _ words: String) {
            reader.complain(.error, at: position, words)
            isSound = false
        }
        let title = values.text("title") ?? ""
        if title.allSatisfy(\.isWhitespace) || title.unicodeScalars.contains(where: CleanText.isHostile) {
            if values.holds("title") {
                complain(at: values.position(of: "title"), "title is a text of one line")
            }
        }
        var keys: [Key] = []
        if let text = values.text("key") {
            do throws(KeymapFile.Fault) {
                keys = try KeymapFile.keys(text, in: .table)
            } catch {
                complain(at: values.position(of: "key"), error.words)
            }
        }
        var concerned = resources
        var panes: [PaneName] = []
        let named = values.texts("panes")
        for (name, position) in named {
            panes.append(PaneName(rawValue: name))
            guard let resources else { continue }
            let known = Self.paneNames(resources)
            if !known.contains(name) {
                let hint = Nearest.choices(name, among: known)
                complain(at: position, "there is no pane \"\(name)\"\(hint)")
            }
        }
        if !named.isEmpty {
            concerned = resources?.filter { resource in
                panes.contains(resource.pane ?? "") || panes.contains(.overview) && resource.pane == .alerts
            }
        }
        var run: [OwnArgument] = []
        for (place, (text, position)) in values.texts("run").enumerated() {
            do throws(OwnArgument.Fault) {
                let argument = try OwnArgument(text)
                run.append(argument)
                for (field, column) in argument.fields {
                    if place == 0 {
                        complain(
                            at: position.inside(text, column),
                            "a server must not say which program runs: write its name")
                    } else if let words = Self.objection(to: field, of: panes, concerned, resources) {
                        complain(at: position.inside(text, column), words)
                    }
                }
            } catch {
                complain(at: position.inside(text, error.column), error.words)
            }
        }
        let (captures, isBackground) = (values.flag("capture") ?? false, values.flag("background") ?? false)
        if captures, isBackground {
            complain(at: values.position(of: "background"), "capture and background exclude each other")
        }
        guard isSound else { return nil }
        self.init(
            command: OwnCommand(
                title: title, keys: keys, panes: panes, run: run,
                manner: captures ? .captured : isBackground ? .background : .terminal,
                isConfirmed: values.flag("confirm") ?? false, isSafe: values.flag("safe") ?? false),
            file: reader.file, keyPosition: values.position(of: "key"))
    }

    private static func paneNames(_ resources: [ResourceDescriptor]) -> [String] {
        [PaneName.overview.rawValue]
            + Pane.all(for: resources).filter { !$0.kinds.isEmpty }.map(\.name.rawValue)
    }

    /// Why a field fills nothing in the rows of some panes; nil when it does in each of them.
    private static func objection(
        to field: OwnField, of panes: [PaneName], _ concerned: [ResourceDescriptor]?,
        _ all: [ResourceDescriptor]?
    ) -> String? {
        guard let concerned, let all else { return nil }
        if panes.isEmpty {
            if concerned.contains(where: { field.isKnown(to: $0, among: all) }) { return nil }
        }
        for pane in panes {
            let own = concerned.filter { ($0.pane ?? "") == (pane == .overview ? .alerts : pane) }
            // A pane that does not exist was complained about.
            if own.isEmpty || own.contains(where: { field.isKnown(to: $0, among: all) }) { continue }
            let names = own.flatMap { $0.fields.map(\.key.rawValue) } + OwnField.common.map(\.rawValue)
            let hint = Nearest.hint(field.key.rawValue, among: names)
            return "rows of \(pane) have no field \"\(field)\"\(hint); nocturne fields lists all"
        }
        return panes.isEmpty ? "no row has a field \"\(field)\"; nocturne fields lists all" : nil
    }
}

extension TOMLPosition {
    /// Where a character of a text stands that begins here with its quote; where the text begins when it is not
    /// written as it is read.
    func inside(_ text: String, _ column: Int) -> TOMLPosition {
        if text.contains(where: { $0 == "\\" || $0 == "\"" || $0.isNewline || $0 == "\t" }) { return self }
        return TOMLPosition(line: line, column: self.column + 1 + column)
    }
}

extension Keymap {
    /// The keymap with the keys of the operator's programs, and what is wrong with those that are taken.
    public func adding(_ commands: [ConfiguredCommand]) -> (keymap: Keymap, complaints: [Complaint]) {
        var all = bindings
        var complaints: [Complaint] = []
        for configured in commands where !configured.command.keys.isEmpty {
            let keys = configured.command.keys
            let contexts: [KeyContext] = [.table, .detail, .browse, .global]
            let holder = all.first { binding in
                contexts.contains(binding.context)
                    && (binding.keys.starts(with: keys) || keys.starts(with: binding.keys))
            }
            if let holder {
                let spelling = Binding(.table, keys, holder.action).spelling
                let does = holder.keys == keys ? "does" : "is a part of \(holder.spelling), which does"
                complaints.append(
                    Complaint(
                        .error, configured.file, configured.keyPosition,
                        "\(spelling) \(does) \(holder.action.name) in [\(holder.context.rawValue)]: give \(configured.command.title) another key"
                    ))
                continue
            }
            for context in [KeyContext.table, .detail] {
                all.append(Binding(context, keys, .program(configured.command.title)))
            }
        }
        return (Keymap(all), complaints)
    }
}
