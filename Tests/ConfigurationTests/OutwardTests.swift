import Canvas
import Configuration
import Dashboard
import Testing

@Suite("What leaves the program, as it is configured")
struct OutwardTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test("a program is words that no shell takes apart, and nothing else")
    func program() throws {
        let reading = try scratch.read("[ui]\nbrowser = [\"xdg-open\", \"a b\"]\nlow_bandwidth = true\n")
        #expect(reading.settings.browser == ["xdg-open", "a b"] && reading.settings.savesBandwidth)
        for wrong in ["\"xdg-open\"", "[]", "[\"\"]", "[\"a\", 1]"] {
            let reading = try scratch.read("[ui]\nbrowser = \(wrong)\n")
            #expect(reading.settings.browser == nil)
            #expect(reading.complaints.first?.description.contains(":2:11: error: browser is [") == true)
        }
    }
}
