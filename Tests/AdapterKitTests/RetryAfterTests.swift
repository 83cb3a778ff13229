import AdapterKit
import Domain
import HTTP
import Testing

@Suite("How long a server asks to wait")
struct RetryAfterTests {
    private static let now = "Sat, 21 Nov 2026 11:40:43 GMT"

    private func wait(_ text: String?, date: String? = now) -> Double? {
        let headers = [text.map { Header("Retry-After", $0) }, date.map { Header("Date", $0) }]
        return Response(status: 503, headers: headers.compactMap { $0 }, body: Body([])).retryAfter
    }

    @Test(
        "a date is read in each of its forms, and counts from the server's own clock",
        arguments: [
            "Sat, 21 Nov 2026 11:42:13 GMT", "Saturday, 21-Nov-26 11:42:13 GMT", "Sat Nov 21 11:42:13 2026",
            "sat, 21 NOV 2026 11:42:13 GMT", "90",
        ])
    func forms(text: String) {
        #expect(wait(text) == 90)
    }

    @Test("a date that is over asks to wait no more, one that is far for a day at most")
    func bounds() {
        #expect(wait("Sat, 21 Nov 2026 11:40:42 GMT") == 0)
        #expect(wait("Thu, 01 Jan 1970 00:00:00 GMT") == 0)
        #expect(wait("Fri, 31 Dec 9999 23:59:59 GMT") == 86_400)
        #expect(wait("31536000") == 86_400)
        #expect(wait("Sun Nov  1 00:00:00 2026") == 0)
    }

    @Test(
        "what is neither a number of seconds nor a date says nothing",
        arguments: [
            "", "soon", "-1", "nan", "inf", "1e999", "Sat, 21 Nov 2026 11:42:13 CET",
            "Sat, 31 Nov 2026 11:42:13 GMT", "Sat, 21 Foo 2026 11:42:13 GMT", "21 Nov 2026",
            "Saturday, 21-Nov-2026x 11:42:13 GMT", "Sat, 21 Nov 2026 25:42:13 GMT", "é é é é é GMT",
        ])
    func garbage(text: String) {
        #expect(wait(text) == nil)
        #expect(wait(nil) == nil)
    }

    @Test("without the server's own clock a date means nothing, and a number what it says")
    func withoutClock() {
        #expect(wait("Sat, 21 Nov 2026 11:42:13 GMT", date: nil) == nil)
        #expect(wait("Sat, 21 Nov 2026 11:42:13 GMT", date: "now") == nil)
        #expect(wait("17", date: nil) == 17)
    }
}
