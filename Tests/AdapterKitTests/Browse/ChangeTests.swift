import Domain
import HTTP
import JSON
import Synchronization
import Testing

@testable import AdapterKit

@Suite("Browse: changes")
struct BrowseChangeTests {
    private static let place = PretendedAPI.place("/v1/things/1/")
    private static let thing = """
        {"id": 1, "name": "one", "note": null, "size": 3, "active": true, "password": null,
         "line": {"speed": 10, "name": "l"}, "created": "2026-01-01"}
        """

    /// An API whose thing may change.
    private static func api(_ thing: @escaping @Sendable () -> String = { Self.thing }) -> PretendedAPI {
        PretendedAPI { (request) throws(BackendError) in
            request.method == .options ? PretendedAPI.metadata : PretendedAPI.json(thing())
        }
    }

    private func sent(_ plan: Plan) throws -> String {
        String(decoding: try #require(plan.steps.first?.request.body), as: UTF8.self)
    }

    @Test("PATCH sends exactly what was changed")
    func patch() async throws {
        let browser = Self.api().browser
        var answers = try await browser.form(of: Command(.changeResource, [Self.place])).values
        answers["size"] = .text("4")
        let plan = try await browser.plan(Command(.changeResource, [Self.place], answers))
        #expect(plan.steps.map(\.request.method) == [.patch])
        #expect(plan.steps.map { $0.request.target ?? "" } == ["/v1/things/1/"])
        #expect(try sent(plan) == "{\"size\":4}")
        #expect(plan.changes == [Change("Size", from: "3", to: "4")])
    }

    @Test("PUT sends the object as it was read, of what may be written, with exactly what was changed")
    func put() async throws {
        let browser = Self.api().browser
        var answers = try await browser.form(of: Command(.replaceResource, [Self.place])).values
        answers["size"] = .text("4")
        let plan = try await browser.plan(Command(.replaceResource, [Self.place], answers))
        #expect(plan.steps.map(\.request.method) == [.put])
        let root = try JSONDocument(try sent(plan)).root
        let members = Dictionary(
            uniqueKeysWithValues: root.object?.map { ($0.key, JSONTree($0.value).text) } ?? [])
        #expect(
            members == [
                "name": "\"one\"", "note": "null", "size": "4", "active": "true",
                "line": "{\"speed\":10,\"name\":\"l\"}",
            ])
        #expect(plan.changes == [Change("Size", from: "3", to: "4")])
    }

    @Test(
        "a form that nobody touched sends nothing", arguments: [CommandKind.changeResource, .replaceResource])
    func untouched(kind: CommandKind) async throws {
        let browser = Self.api().browser
        let answers = try await browser.form(of: Command(kind, [Self.place])).values
        let plan = try await browser.plan(Command(kind, [Self.place], answers))
        #expect(plan.steps.isEmpty)
        #expect(plan.excluded.map(\.words) == ["it is all so already"])
    }

    @Test("a change that somebody else made meanwhile is not written over")
    func conflict() async throws {
        let shared = Shared(now: Self.thing)
        let browser = Self.api { shared.text }.browser
        for kind in [CommandKind.changeResource, .replaceResource] {
            shared.set(Self.thing)
            var answers = try await browser.form(of: Command(kind, [Self.place])).values
            answers["size"] = .text("4")
            shared.set(Self.thing.replacing("\"one\"", with: "\"theirs\""))
            do throws(BackendError) {
                _ = try await browser.plan(Command(kind, [Self.place], answers))
                Issue.record("\(kind) was planned over another's change")
            } catch {
                #expect(error.kind == .conflict)
                #expect(error.words.contains("theirs"), "\(error.words)")
            }
        }
    }

    @Test("a field that the server does not take is refused by its name")
    func unknown() async throws {
        let browser = Self.api().browser
        for field in ["created", "id", "nonsense"] as [FieldKey] {
            do throws(BackendError) {
                _ = try await browser.plan(Command(.changeResource, [Self.place], [field: .text("x")]))
                Issue.record("\(field) was planned")
            } catch {
                #expect(error.kind == .invalid)
                #expect(error.words.contains(field.rawValue), "\(error.words)")
            }
        }
    }

    @Test("a change is verified by what the server has afterwards, and is not called so where it has not")
    func verified() async throws {
        let shared = Shared(now: Self.thing)
        let browser = Self.api { shared.text }.browser
        let plan = try await browser.plan(Command(.changeResource, [Self.place], ["size": .text("4")]))
        let answer = StepAnswer(Self.place, .success(PretendedAPI.json("{}")))
        shared.set(Self.thing.replacing("\"size\": 3", with: "\"size\": 4"))
        let done = await browser.verify(plan, answers: [answer]) { _ in }
        #expect(done.map(\.state) == [.verified], "\(done.map(\.words))")
    }

    @Test("a deletion is verified by absence, and of what is gone already nothing is sent")
    func deleted() async throws {
        let isThere = Shared(now: "yes")
        let api = PretendedAPI { (_) throws(BackendError) in
            isThere.text == "yes" ? PretendedAPI.json(Self.thing) : PretendedAPI.json("{}", status: 404)
        }
        let browser = api.browser
        let plan = try await browser.plan(Command(.deleteResource, [Self.place]))
        #expect(plan.steps.map(\.request.method) == [.delete])
        #expect(plan.tier == .hurts)
        isThere.set("no")
        let gone = Response(status: 204, headers: [], body: Body([]))
        let outcomes = await browser.verify(plan, answers: [StepAnswer(Self.place, .success(gone))]) { _ in }
        #expect(outcomes.map(\.state) == [.verified], "\(outcomes.map(\.words))")
        #expect(try await browser.plan(Command(.deleteResource, [Self.place])).steps.isEmpty)
    }

    // MARK: What is not asked

    @Test(
        "what acts by GET is neither looked at, shown raw, nor opened",
        arguments: [ResourceKind.resource, .collection, .operation])
    func acting(kind: ResourceKind) async throws {
        let api = PretendedAPI("{}")
        let browser = api.browser
        for path in ["/v1/things/1/restart/", "/v1/things/1/restart/?x=1", "/v1/things/1/restart/#/a"] {
            let place = PretendedAPI.place(path, kind)
            do throws(BackendError) {
                _ = try await browser.browse(place)
                Issue.record("\(path) was looked at")
            } catch {
                #expect(error.words.contains("a look would act"), "\(error.words)")
            }
            do throws(BackendError) {
                _ = try await browser.raw(place)
                Issue.record("\(path) was shown raw")
            } catch {
                #expect(error.words.contains("a look would act"), "\(error.words)")
            }
            _ = try? await browser.detail(of: place)
            _ = try? await browser.children(of: place)
            _ = try? await browser.reveal("a", of: place)
            _ = try? browser.curl(place)
        }
        let plan = try await browser.plan(
            Command(.callOperation, [PretendedAPI.place("/v1/things/1/restart/", .operation)]))
        #expect(plan.steps.map(\.request.method) == [.get])
        #expect(api.asked == [])
    }

    @Test("a path with a hole in it is refused in words that say what fills it")
    func unfilled() async throws {
        let api = PretendedAPI("{}")
        let browser = api.browser
        let place = PretendedAPI.place("/v1/things/{id}/")
        let words = "Thing: choose the id first, in /v1/things/"
        await #expect(throws: BackendError(.invalid, words)) { try await browser.browse(place) }
        await #expect(throws: BackendError(.invalid, words)) { try await browser.raw(place) }
        await #expect(throws: BackendError(.invalid, words)) { try await browser.detail(of: place) }
        for kind in [CommandKind.changeResource, .replaceResource, .deleteResource] {
            await #expect(throws: BackendError(.invalid, words)) {
                try await browser.plan(Command(kind, [place]))
            }
            await #expect(throws: BackendError(.invalid, words)) {
                try await browser.form(of: Command(kind, [place]))
            }
        }
        #expect(api.asked == [])
    }

    @Test("a path that the catalogue does not have is refused, and nothing is asked")
    func unknownPath() async throws {
        let api = PretendedAPI("{}")
        for path in ["/v1/secrets/", "/", "/v1/things/1/../2/"] {
            await #expect(throws: BackendError.self) {
                try await api.browser.browse(PretendedAPI.place(path))
            }
        }
        #expect(api.asked == [])
    }
}

/// What a server has now.
private final class Shared: Sendable {
    private let now: Mutex<String>
    init(now: String) { self.now = Mutex(now) }
    var text: String { now.withLock { $0 } }
    func set(_ text: String) { now.withLock { $0 = text } }
}
