import Domain
import Testing

extension Application {
    /// Acknowledges the first alert of `core` by keys, with a comment, and waits until the next refresh has shown it.
    func acknowledge(commenting words: String) async throws -> EntityRef {
        press("3")
        let alert = try #require(alerts(of: "core").first)
        select(alert)
        pass(5)
        press("a")
        type(words)
        press("Enter")
        await waitUntilIdle()
        pass(60)
        await waitUntilIdle()
        return alert
    }
}
