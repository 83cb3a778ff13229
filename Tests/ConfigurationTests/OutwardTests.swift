import Canvas
import Configuration
import Dashboard
import Domain
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

    @Test("what the operator is called for, and what is wrong about it, to the column")
    func notify() throws {
        let reading = try scratch.read(
            """
            [[notify]]
            filter = "critical"
            events = ["new", "back"]
            bell = true
            notification = "osc777"
            command = ["page", "noc"]
            quiet = "22:00-06:30"
            damping = 7
            damping_time = "5m"
            """)
        #expect(reading.complaints.isEmpty)
        let rule = try #require(reading.settings.alarms.first)
        #expect(rule.events == [.new, .back] && rule.rings && rule.notification == .osc777)
        #expect(rule.command == ["page", "noc"] && rule.quiet == HoursOfDay(from: 1320, to: 390))
        #expect(rule.damping == (7, 300))
        let wrong = [
            "filter = \"(a | b\"\nbell = true": ":2:",
            "events = []\nbell = true": ":2:10: error: events is empty",
            "events = [\"knew\"]\nbell = true": ":2:",
            "quiet = \"22-6\"\nbell = true": ":2:9: error: quiet is two different times",
            "quiet = \"22:00-22:00\"\nbell = true": ":2:9: error: quiet is two different times",
            "filter = \"x\"": ":1:1: warning: [[notify]] does nothing",
            "damping = 0\nbell = true": ":2:11: error: damping is a whole number",
        ]
        for (text, complaint) in wrong {
            let reading = try scratch.read("[[notify]]\n\(text)\n")
            #expect(
                reading.complaints.first?.description.contains(complaint) == true,
                "\(text): \(reading.complaints)")
            #expect(reading.settings.alarms.isEmpty == !complaint.contains("warning"))
        }
    }
}
