import AdapterKit
import Testing

@Suite("Texts that are read back")
struct KeptTextTests {
    @Test(
        "a text that a server escaped, encoded, stripped or trimmed was written",
        arguments: [
            ("it's", #"it\'s"#), (#"say "x""#, #"say \"x\""#), (#"a\b"#, #"a\\b"#),
            ("two\nlines", #"two\nlines"#),
            ("it's", #"it\\\'s"#), ("R&D", "R&amp;D"), ("a < b", "a &lt; b"), ("it's", "it&#039;s"),
            (#"<b>"bold"</b>"#, "&lt;b&gt;&quot;bold&quot;&lt;/b&gt;"), ("R&D", "R&amp;amp;D"),
            ("<b>core</b> uplink", "core uplink"), ("<script>x</script> it's", #"x it\'s"#),
            (" core ", "core"),
            ("two\r\nlines", "two\nlines"), ("core\n", "core"), ("it's", "it\\&#039;s"),
        ])
    func altered(wanted: String, found: String) {
        #expect(KeptText(wanted, as: found) == .altered)
        #expect(KeptText(wanted, as: wanted) == .same)
    }

    @Test(
        "a text that is another one was not written",
        arguments: [
            ("core", "edge"), ("core", ""), ("<b>", ""), ("", "core"), ("core uplink", "core"), ("a", "A"),
            ("1 < 2", "1"), ("it's", "its"), ("R&D", "RD"), ("<b>core</b>", "<b>"),
            ("core uplink", "coreuplink"),
        ])
    func other(wanted: String, found: String) {
        #expect(KeptText(wanted, as: found) == .other)
    }

    @Test("nothing and blanks are the same nothing")
    func nothing() {
        #expect(KeptText("", as: "") == .same)
        #expect(KeptText(" ", as: "") == .altered)
    }
}
