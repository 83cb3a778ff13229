import AdapterKit
import Dashboard
public import Domain
public import HTTP
public import JSON
import Synchronization

/// How the commands of an adapter are to be asked, for `AdapterContract.asking`.
public struct AskingManners: Sendable {
    /// Where the objects come from whose forms open filled: their fields are members of what these paths answer.
    public var objects: [CommandKind: [PathTemplate]]
    /// Answers that questions take which do not take any text.
    public var samples: [FieldKey: String]
    /// The members that the bodies of other commands may have.
    public var bodies: [CommandKind: Set<String>]
    /// The member of a question whose key is another.
    public var places: [FieldKey: String]
    /// Questions about what no object of the simulated server has.
    public var absent: Set<FieldKey>
    /// Members by which a command names its object, whatever is changed.
    public var names: Set<String>
    /// Which members of a whole object that is sent are not as they were read; nil where only what changes is sent.
    public var differences: (@Sendable (_ sent: JSONValue, _ read: JSONValue) -> Set<String>)?
    /// Entities that no list and no detail leads to.
    public var targets: [EntityRef]

    /// Describes how commands are asked.
    public init(
        objects: [CommandKind: [PathTemplate]], samples: [FieldKey: String] = [:],
        bodies: [CommandKind: Set<String>] = [:], names: Set<String> = [], targets: [EntityRef] = [],
        places: [FieldKey: String] = [:], absent: Set<FieldKey> = [],
        differences: (@Sendable (_ sent: JSONValue, _ read: JSONValue) -> Set<String>)? = nil
    ) {
        self.objects = objects
        self.samples = samples
        self.bodies = bodies
        self.names = names
        self.targets = targets
        self.places = places
        self.absent = absent
        self.differences = differences
    }
}

extension AdapterContract {
    /// Checks that what is sent differs from what was read in exactly what the operator changed: whatever the server
    /// has nothing for, holds as null or does not name, and whichever one question is answered.
    public func asking(_ manners: AskingManners) async -> [String] {
        let adapter = adapter(over: transport)
        do throws(BackendError) {
            _ = try await adapter.check()
        } catch {
            return ["check fails: \(error.words)"]
        }
        let targets = await everything(adapter, manners)
        var faults: [String] = []
        for command in adapter.ownCommands where !command.creates {
            guard let candidates = candidates(of: command, targets) else {
                let isNamed = manners.objects[command.kind] != nil || manners.bodies[command.kind] != nil
                if isNamed { faults.append("\(command.kind) has nothing to be tried on") }
                continue
            }
            if command.opensFilled {
                faults += await editing(command, candidates[0], manners)
            } else {
                faults += await body(command, candidates, adapter, manners)
            }
        }
        return faults
    }

    // MARK: What there is

    /// The first entities of each kind, those that only details lead to among them.
    func everything(
        _ adapter: any Adapter, _ manners: AskingManners
    ) async -> [ResourceKind: [EntityRef]] {
        var found: [ResourceKind: [EntityRef]] = [:]
        for target in manners.targets { found[target.kind, default: []].append(target) }
        for resource in adapter.ownResources {
            let sink = CollectingSink()
            _ = try? await adapter.refresh(Query(resource.kind), into: sink)
            found[resource.kind, default: []] += sink.table.map { Array($0.refs.prefix(60)) } ?? []
        }
        let missing = adapter.linkedKinds.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        for entity in found.values.flatMap({ $0.prefix(8) }) {
            guard let detail = try? await adapter.detail(of: entity) else { continue }
            for case .ref(let linked, _) in detail.sections.flatMap(\.lines).map(\.value)
            where missing.contains(linked.kind) { found[linked.kind, default: []].append(linked) }
        }
        return found
    }

    func candidates(
        of command: CommandDescriptor, _ found: [ResourceKind: [EntityRef]]
    ) -> [EntityRef]? {
        let all = command.targets.sorted { $0.rawValue < $1.rawValue }.flatMap { found[$0] ?? [] }
        return all.isEmpty ? nil : all
    }

    // MARK: Forms that open filled

    private func editing(
        _ command: CommandDescriptor, _ target: EntityRef, _ manners: AskingManners
    ) async -> [String] {
        let asked = command.form.filter { $0.input != .carried }
        var faults = await edit(command, target, asked, over: transport, "as it is", manners)
        for field in asked {
            // Whatever is missing, the question about it and one other are answered.
            let answered = [field] + asked.filter { $0.key != field.key }.prefix(1)
            var count = 0
            for template in manners.objects[command.kind] ?? [] {
                let member = manners.places[field.key] ?? field.key.rawValue
                for isNull in [true, false] {
                    let changed = UnsetTransport(transport, member, of: template, isNull: isNull)
                    let state = "with \(field.key) \(isNull ? "null" : "left out")"
                    faults += await edit(command, target, answered, over: changed, state, manners)
                    count += changed.count
                }
            }
            if count == 0, !manners.absent.contains(field.key) {
                faults.append("\(command.kind): no object has a \(field.key)")
            }
        }
        return faults
    }

    /// Opens a form, answers nothing, and then one question after another.
    private func edit(
        _ descriptor: CommandDescriptor, _ target: EntityRef, _ answered: [FormField],
        over transport: any ReadTransport, _ state: String, _ manners: AskingManners
    ) async -> [String] {
        let place = "\(descriptor.kind) of \(target.id) \(state)"
        let isUnset = state.hasPrefix("with ")
        let adapter = adapter(over: transport)
        let values: [FieldKey: Value]
        do throws(BackendError) {
            _ = try await adapter.check()
            values = try await adapter.opening(Command(descriptor.kind, [target]))
        } catch {
            // What can't be kept as it is may be refused: then nothing is sent at all.
            return isUnset ? [] : ["\(place) does not open: \(error.words)"]
        }
        var faults: [String] = []
        if let sent = await asked(
            descriptor, target, values, [:], adapter, &faults, place, mayRefuse: isUnset)
        {
            faults.append("\(place) sends \(sent.text) where nothing was answered")
        }
        for field in answered {
            guard let answer = other(field, than: values[field.key], manners) else { continue }
            let words = "\(place), \(field.key) answered"
            guard
                let sent = await asked(
                    descriptor, target, values, [field.key: answer], adapter, &faults, words,
                    mayRefuse: isUnset)
            else { continue }
            var changed = Set(sent.keys)
            if let differences = manners.differences {
                guard let read = await row(of: target, transport, manners.objects[descriptor.kind] ?? [])
                else {
                    faults.append("\(words): the object can't be found")
                    continue
                }
                changed = sent.root.map { differences($0, read) } ?? changed
            }
            changed.subtract(manners.names)
            if changed != [field.key.rawValue] {
                faults.append("\(words) changes \(changed.sorted().joined(separator: ", ")): \(sent.text)")
            }
        }
        return faults
    }

    /// The body that is sent for some answers; nil for none.
    private func asked(
        _ descriptor: CommandDescriptor, _ target: EntityRef, _ values: [FieldKey: Value],
        _ answers: [FieldKey: Value], _ adapter: any Adapter, _ faults: inout [String], _ place: String,
        mayRefuse: Bool
    ) async -> SentBody? {
        var form = CommandForm(descriptor.form)
        form.fill(values)
        form.answer(answers)
        do throws(BackendError) {
            let plan = try await adapter.prepare(Command(descriptor.kind, [target], form.arguments))
            if plan.steps.isEmpty, !answers.isEmpty { faults.append("\(place) sends nothing") }
            return plan.steps.first.map { SentBody($0.request) }
        } catch {
            // What can't be written is refused, and then nothing is sent.
            if !mayRefuse, answers.isEmpty || error.kind != .unsupported {
                faults.append("\(place): \(error.words)")
            }
            return nil
        }
    }

    /// Another answer than what is there; nil where there is none.
    func other(_ field: FormField, than now: Value?, _ manners: AskingManners) -> Value? {
        if let sample = manners.samples[field.key] { return .text(sample) }
        switch field.input {
        case .toggle: return .flag(now != .flag(true))
        case .choice(let words):
            let words = words.filter { !$0.isEmpty && $0 != "unchanged" && .text($0) != now }
            return words.first.map { .text($0) }
        case .line, .secret: return .text("another \(field.key)")
        case .carried: return nil
        }
    }

    /// The object as the server gives it, by its number.
    private func row(
        of target: EntityRef, _ transport: any ReadTransport, _ templates: [PathTemplate]
    ) async -> JSONValue? {
        for template in templates {
            let headers = (try? await adapter(over: transport).credentials()) ?? []
            guard
                let answer = try? await transport.read(
                    ReadRequest(template, ["id": target.id], headers: headers)),
                let root = try? answer.json(), let members = root.object
            else { continue }
            for (_, value) in members {
                if let row = value.array?.first(where: { $0["id"]?.text == target.id }) { return row }
            }
        }
        return nil
    }

    // MARK: Other commands

    /// What a command sends that opens no object: nothing but what its adapter's tests name.
    private func body(
        _ descriptor: CommandDescriptor, _ candidates: [EntityRef], _ adapter: any Adapter,
        _ manners: AskingManners
    ) async -> [String] {
        var form = CommandForm(descriptor.form)
        var answers: [FieldKey: Value] = [:]
        for field in descriptor.form {
            if let answer = other(field, than: nil, manners) { answers[field.key] = answer }
        }
        form.answer(answers)
        var words = "nothing is left to be sent"
        for target in candidates {
            let plan: Plan
            do throws(BackendError) {
                plan = try await adapter.prepare(Command(descriptor.kind, [target], form.arguments))
            } catch {
                words = error.words
                continue
            }
            guard let step = plan.steps.first else {
                words = plan.excluded.first?.words ?? words
                continue
            }
            let sent = SentBody(step.request)
            if let differences = manners.differences, let root = sent.root,
                let templates = manners.objects[descriptor.kind],
                let read = await row(of: target, transport, templates)
            {
                let changed = differences(root, read).subtracting(manners.names)
                let wanted = manners.bodies[descriptor.kind] ?? []
                return changed == wanted
                    ? [] : ["\(descriptor.kind) changes \(changed.sorted()): \(sent.text)"]
            }
            let wanted = manners.bodies[descriptor.kind] ?? []
            let extra = Set(sent.keys).subtracting(wanted)
            return extra.isEmpty ? [] : ["\(descriptor.kind) sends \(extra.sorted()): \(sent.text)"]
        }
        return manners.bodies[descriptor.kind] == nil ? [] : ["\(descriptor.kind) can't be tried: \(words)"]
    }
}

/// A transport whose server has nothing for a member of one object.
private final class UnsetTransport: ReadTransport {
    private let transport: any ReadTransport
    private let key: String
    private let template: PathTemplate
    private let isNull: Bool
    private let changes = Mutex(0)

    init(_ transport: any ReadTransport, _ key: String, of template: PathTemplate, isNull: Bool) {
        self.transport = transport
        self.key = key
        self.template = template
        self.isNull = isNull
    }

    /// How many members were changed so far.
    var count: Int { changes.withLock { $0 } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let answer = try await transport.read(request)
        guard request.template == template, request.method == .get, answer.isSuccess,
            let root = try? answer.json()
        else { return answer }
        return Response(
            status: answer.status, headers: answer.headers, body: Body(unset(JSONTree(root)).bytes))
    }

    /// An object without the member, or a list of such in an envelope.
    private func unset(_ tree: JSONTree) -> JSONTree {
        switch tree {
        case .array(let rows): return .array(rows.map(unset))
        case .object(let members):
            if members.contains(where: { $0.key == key }) {
                changes.withLock { $0 += 1 }
                return .object(
                    members.compactMap {
                        $0.key != key ? $0 : isNull ? JSONTree.Member(key, .null) : nil
                    })
            }
            return .object(
                members.map { member in
                    if case .array = member.value {
                        JSONTree.Member(member.key, unset(member.value))
                    } else {
                        member
                    }
                })
        default: return tree
        }
    }
}

/// The body of a step.
private struct SentBody {
    let text: String
    let root: JSONValue?
    let keys: [String]

    init(_ step: CommandStep) {
        text = "\(step.method.rawValue) \(step.target ?? "?") \(step.shownBody ?? "")"
        root = step.body.flatMap { try? JSONDocument($0).root }
        keys = root?.object?.map(\.key) ?? []
    }
}
