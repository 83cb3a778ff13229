import AdapterKit
import Domain
import Testing

@Suite("Asking in two ways")
struct FirstAnswerTests {
    /// Waits until nobody wants the answer any more.
    private static func hang() async throws(BackendError) -> String {
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw BackendError(.cancelled, "cancelled")
    }

    private static func fail(_ kind: BackendError.Kind) throws(BackendError) -> String {
        throw BackendError(kind, "no")
    }

    /// What comes of it: the answer, or the kind of error.
    private func ask(
        after seconds: Double = 0,
        _ usual: @escaping @Sendable () async throws(BackendError) -> String,
        or other: @escaping @Sendable () async throws(BackendError) -> String
    ) async -> Result<String, BackendError> {
        do throws(BackendError) {
            return .success(try await firstAnswer(after: seconds, usual, or: other))
        } catch { return .failure(error) }
    }

    @Test("where the usual way hangs, the other answers, and the usual one is cancelled")
    func hanging() async throws {
        let result = await ask({ () async throws(BackendError) in try await Self.hang() }) {
            () async throws(BackendError) in "other"
        }
        #expect(try result.get() == "other")
    }

    @Test("where no answer came at all, the other counts; what the server itself says against it stands")
    func failing() async {
        for kind in [BackendError.Kind.timedOut, .refused, .invalid, .server] {
            let result = await ask(
                after: 1_000,
                { () async throws(BackendError) in try Self.fail(kind) },
                or: { () async throws(BackendError) in "other" })
            switch result {
            case .success(let answer): #expect(answer == "other" && kind == .timedOut)
            case .failure(let error): #expect(error.kind == kind && kind != .timedOut)
            }
        }
    }

    @Test("what the other way fails with is never told, and the usual one is waited for")
    func usual() async throws {
        let (stream, source) = AsyncStream<Void>.makeStream()
        let result = await ask({ () async throws(BackendError) in
            for await _ in stream { return "usual" }
            return "never"
        }) { () async throws(BackendError) in
            source.yield(())
            return try Self.fail(.missing)
        }
        #expect(try result.get() == "usual")
        let both = await ask({ () async throws(BackendError) in try Self.fail(.timedOut) }) {
            () async throws(BackendError) in try Self.fail(.missing)
        }
        guard case .failure(let error) = both else {
            Issue.record("neither answered")
            return
        }
        #expect(error.kind == .timedOut)
    }

    @Test("what can be done without is given up after a while")
    func inTime() async {
        let given = await AdapterKit.inTime(0) {
            for await _ in AsyncStream<Never>.makeStream().stream {}
            return "late"
        }
        #expect(given == nil)
        #expect(await AdapterKit.inTime(1_000) { "soon" } == "soon")
    }
}
