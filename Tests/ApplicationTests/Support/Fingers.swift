import Dashboard
import Domain
import Testing

/// Somebody's fingers: every key is counted, and what it asks for is waited for.
final class Fingers {
    private let app: Application
    /// All keys, with those of texts.
    private(set) var count = 0
    /// The keys beside typed texts.
    private(set) var keys = 0

    init(_ app: Application) { self.app = app }

    func press(_ keys: String...) async {
        for key in keys {
            app.press(key)
            count += 1
            self.keys += 1
            await app.waitUntilIdle()
        }
    }

    func type(_ text: String) async {
        app.type(text)
        count += text.count
        await app.waitUntilIdle()
    }

    /// Opens the first path that a word is in.
    func open(path word: String) async {
        await press("8", "/")
        await type(word)
        await press("Enter", "Enter")
    }

    /// Goes to the line of an opened object that a text is in.
    func find(_ text: String) async {
        await press("ctrl-f")
        await type(text)
        await press("Enter")
    }

    /// Goes to a question of the open form.
    func go(to key: FieldKey) async {
        let form = app.state.sessions.values.first?.form
        for _ in 0..<(form?.answers.count ?? 0) {
            guard let form = app.state.sessions.values.first?.form,
                form.answers[form.focus].field.key != key
            else { return }
            await press("Tab")
        }
    }

    /// Answers a question of the open form.
    func answer(_ key: FieldKey, _ text: String) async {
        await go(to: key)
        await type(text)
    }

    /// Expects that no more keys than these were pressed since the last time, beside texts; a bound may only shrink.
    func expect(atMost bound: Int, at place: SourceLocation = #_sourceLocation) {
        #expect(keys <= bound, "\(keys) keys", sourceLocation: place)
        keys = 0
    }
}
