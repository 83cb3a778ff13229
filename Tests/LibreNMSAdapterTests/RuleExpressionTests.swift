import AdapterKit
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: the text of rules")
struct RuleExpressionTests {
    @Test(
        "what the builder has is written as text and read back the same",
        arguments: [
            "%devices.status = \"0\"",
            "%devices.status = \"0\" && %devices.disabled != \"1\"",
            "%a.b ~ \"^core\" && (%a.c > \"5\" || %a.d is_null)",
            "%a.b contains \"say \\\"hi\\\" \\\\ there\" || %macros.device_up = \"1\" && %x.y <= \"-3\"",
        ])
    func roundTrip(text: String) throws {
        let expression = try RuleExpression(text)
        let builder = try JSONDocument(expression.builder.text).root
        let back = try #require(RuleExpression(builder: builder))
        #expect(back == expression)
        #expect(try RuleExpression(back.text) == expression)
    }

    @Test("every recorded rule of 2016 is a sound one, every recorded builder has a text")
    func recorded() throws {
        for row in try Recording("2016", "rules").rows("rules") {
            guard case .string(let rule) = row["rule"] else { continue }
            _ = try RuleExpression(rule, comparisons: RuleComparison.signs)
        }
        for row in try #require(try Recording("26.7", "rules").response.json()["rules"]?.array) {
            let rule = try #require(WireRule(row))
            #expect(rule.expression.hasPrefix("%") || rule.expression.hasPrefix("SELECT"))
        }
    }

    @Test(
        "faults are pointed at",
        arguments: [
            ("", 1, "empty"),
            ("devices.status = 0", 1, "begins with %"),
            ("%devices = 0", 1, "a table and a column"),
            ("%devices.status == 0", 17, "no operator =="),
            ("%devices.status like \"x\"", 17, "no operator like"),
            ("%devices.status = \"0", 19, "never closed"),
            ("%devices.status = ", 19, "expected a value"),
            ("(%devices.status = 0", 1, "never closed"),
            ("%devices.status = 0)", 20, "closes nothing"),
            ("%devices.status = 0 %devices.os = 1", 21, "expected && or ||"),
            ("%devices.status = 0 && || %a.b = 1", 24, "begins with %"),
        ])
    func faults(text: String, column: Int, words: String) throws {
        let fault = try #require(throws: RuleFault.self) {
            try RuleExpression(text, comparisons: RuleComparison.signs)
        }
        #expect(fault.column == column)
        #expect(fault.words.contains(words))
    }

    @Test("thousands of parentheses are refused, not followed")
    func deep() {
        #expect(throws: RuleFault.self) { try RuleExpression(String(repeating: "(", count: 100_000)) }
    }

    @Test("a builder that no text can say has none")
    func unspeakable() throws {
        let list = try JSONDocument(
            #"{"condition":"AND","rules":[{"field":"a.b","operator":"between","value":[1,2]}]}"#)
        #expect(RuleExpression(builder: list.root) == nil)
        let negated = try JSONDocument(
            #"{"condition":"AND","not":true,"rules":[{"field":"a.b","operator":"equal","value":"1"}]}"#)
        #expect(RuleExpression(builder: negated.root) == nil)
    }
}
