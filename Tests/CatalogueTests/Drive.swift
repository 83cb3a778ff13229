import AdapterContract
import AdapterKit
import Domain
import HTTP
import JSON
import Simulator

/// Drives whatever changes something at a simulated server, as browse would: a form, a plan, one request, a reading.
struct Drive: Sendable {
    /// A method of a path that acts.
    struct Change: Sendable {
        let entry: CatalogueEntry
        let method: HTTP.Method
        var name: String { "\(method.rawValue) \(entry.template)" }
    }

    private let walk: Walk
    private let simulator: SimulatedServer
    private let browser: Browser

    init(_ walk: Walk, _ simulator: SimulatedServer) throws(BackendError) {
        self.walk = walk
        self.simulator = simulator
        guard let browser = walk.adapter.browser else { throw BackendError(.unsupported, "no browse") }
        self.browser = browser
    }

    /// What acts: what makes something first, and what deletes last, the innermost first.
    var changes: [Change] {
        let all = walk.descriptor.catalogue.flatMap { entry in
            entry.acting.map { Change(entry: entry, method: $0) }
        }
        func depth(_ change: Change) -> Int { change.entry.template.description.split(separator: "/").count }
        return all.filter { $0.method != .delete }
            + all.filter { $0.method == .delete }.sorted { depth($0) > depth($1) }
    }

    /// Drives a change at the first place where it is possible: nil where all is well, else what is not.
    func fault(of change: Change) async -> String? {
        let kinds: [CommandKind] = [
            .createResource, .replaceResource, .changeResource, .deleteResource, .callOperation,
        ]
        guard let kind = kinds.first(where: { browser.method(of: $0, at: change.entry) == change.method })
        else { return "no command sends it" }
        var last = "no list gives what fills it"
        do {
            for way in try await walk.ways(change.entry.template).prefix(8) {
                let place = try walk.place(
                    change.entry.template, Walk.Way(parameters: way.parameters), browser)
                do throws(BackendError) {
                    for arguments in try await arguments(kind, place, change, way).prefix(4) {
                        let words = await send(Command(kind, [place], arguments), change, way)
                        guard let words else { return nil }
                        last = words
                        // What went wrong after sending is a fault of nocturne, not of the place.
                        if words.hasPrefix("!") { return words }
                    }
                } catch {
                    last = error.words
                }
            }
        } catch {
            last = "\(error)"
        }
        return last
    }

    private var commands: [Arrival] {
        simulator.arrivals().filter { arrival in
            let path = String(arrival.path.dropFirst(walk.descriptor.basePath.count))
            return walk.descriptor.catalogue.contains { entry in
                entry.acting.contains { $0.rawValue == arrival.method } && Self.fits(path, entry.template)
            }
        }
    }

    private static func fits(_ path: String, _ template: PathTemplate) -> Bool {
        let steps = path.split(separator: "/")
        let wanted = template.description.split(separator: "/")
        return steps.count == wanted.count
            && zip(steps, wanted).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
    }

    /// Plans, sends and verifies: nil where all is well; words that begin with `!` are no refusal of the server.
    private func send(_ command: Command, _ change: Change, _ way: Walk.Way) async -> String? {
        let before = commands.count
        let plan: Plan
        do throws(BackendError) {
            plan = try await walk.adapter.prepare(command)
        } catch {
            return commands.count == before ? "no plan: \(error.words)" : "!a plan alone sent something"
        }
        guard commands.count == before else { return "!a dry run sent something" }
        guard plan.steps.count == 1 else {
            return "\(plan.steps.count) steps: \(plan.excluded.map(\.words))"
        }
        let answers = await plan.send(by: walk.commander)
        let arrived = commands.dropFirst(before)
        let path = change.entry.template.path(way.parameters) ?? ""
        guard arrived.count == 1, let arrival = arrived.first, arrival.method == change.method.rawValue,
            arrival.path == walk.descriptor.basePath + path
        else {
            return
                "!arrived: \(arrived.map { "\($0.method) \($0.target)" }), not \(change.method.rawValue) \(path)"
        }
        let outcomes = await walk.adapter.verify(plan, answers: answers) { _ in }
        guard outcomes.count == 1, let outcome = outcomes.first else { return "!\(outcomes.count) outcomes" }
        if outcome.state == .failed { return "failed: \(outcome.words); sent \(arrival.text)" }
        // What can be read again is: where fields are described, and wherever something was deleted.
        let isDescribed = browser.manners.describesFields && command.kind != .callOperation
        let isRead = change.entry.isReadable && (isDescribed || change.method == .delete)
        // What was made of nothing, or without a number in the answer, can't be compared.
        let body = plan.steps.first?.request.body.map { String(decoding: $0, as: UTF8.self) }
        let isMade =
            command.kind == .createResource && outcome.state == .accepted
            && (body == "{}" || outcome.words.contains("does not say what it made"))
        if isRead, !isMade, outcome.state != .verified {
            return "\(outcome.state.rawValue): \(outcome.words)"
        }
        return nil
    }

    // MARK: Answers

    /// What a form is answered with, in several ways: the ones that change least first.
    private func arguments(
        _ kind: CommandKind, _ place: EntityRef, _ change: Change, _ way: Walk.Way
    ) async throws(BackendError) -> [[FieldKey: Value]] {
        let opening = try await walk.adapter.form(of: Command(kind, [place]))
        let form = opening.form ?? []
        if form.isEmpty { return [[:]] }
        if form.contains(where: { $0.key.rawValue == "body" }) {
            return [["body": .text(walk.manners.bodies[change.name] ?? "{}")]]
        }
        guard kind == .changeResource || kind == .replaceResource else {
            return [try await new(form, place, isWhole: false), try await new(form, place, isWhole: true)]
        }
        return changed(form, opening.values)
    }

    private func changed(
        _ form: [FormField], _ values: [FieldKey: Value]
    ) -> [[FieldKey: Value]] {
        let order = ["note", "notes", "description", "comment", "title", "name", "display_name"]
        let sorted = form.sorted {
            (order.firstIndex(of: $0.key.rawValue) ?? 99) < (order.firstIndex(of: $1.key.rawValue) ?? 99)
        }
        return sorted.compactMap { field in
            var answers = values
            switch (field.input, values[field.key]) {
            case (.line, .text(let text)?) where Int(text) != nil:
                answers[field.key] = .text(String((Int(text) ?? 0) + 1))
            case (.line, .text(let text)?): answers[field.key] = .text(text + "x")
            case (.line, nil): answers[field.key] = .text("x")
            case (.toggle, .flag(let flag)?): answers[field.key] = .flag(!flag)
            case (.choice(let words), let now):
                guard let other = words.first(where: { !$0.isEmpty && .text($0) != now }) else { return nil }
                answers[field.key] = .text(other)
            default: return nil
            }
            return answers
        }
    }

    /// A new object like the first of its list, under a name of its own.
    private func new(
        _ form: [FormField], _ place: EntityRef, isWhole: Bool
    ) async throws(BackendError) -> [FieldKey: Value] {
        var row: JSONValue?
        if let entry = browser.entry(at: place), entry.isReadable,
            let text = try? await browser.raw(place).body.joined(separator: "\n"),
            let root = try? JSONDocument(text).root
        {
            row = Walk.rows(in: root).first
        }
        var answers: [FieldKey: Value] = [:]
        for field in form {
            let isRequired =
                switch field.input {
                case .line(let required), .secret(let required): required
                case .choice(let words): words.first?.isEmpty == false
                default: false
                }
            let old = row.flatMap { $0[field.key.rawValue] }
            let link = old.flatMap { $0["url"]?.text ?? $0["id"]?.text }
            let given = walk.manners.answers[field.key.rawValue]
            guard isRequired || given != nil || isWhole && old?.isNull == false else { continue }
            switch field.input {
            case .choice(let words):
                answers[field.key] = .text(old?.text ?? words.first { !$0.isEmpty } ?? "")
            case .toggle: answers[field.key] = .flag(old?.flag ?? false)
            case .carried: continue
            case .secret: answers[field.key] = .text("a-l0ng-Passw0rd")
            case .line:
                let own = ["name", "title", "username", "email", "key", "serial"].contains(field.key.rawValue)
                let text = link ?? old.map { $0.text ?? JSONTree($0).text }
                answers[field.key] = .text(given ?? text.map { own ? "new" + $0 : $0 } ?? "1")
            }
        }
        return answers
    }
}
