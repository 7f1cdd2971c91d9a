// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The status page as its user sees it. Takes screenshots into target/screenshots. */
class StatusPageInTheBrowser {
    private static final String SCRIPT = "<script>document.title='stolen'</script> a harbour";
    private static final String SD = "{\"base_model\":{\"name\":\"crynux-network/<b>sdxl</b>\"},\"prompt\":\"" + SCRIPT
            + "\",\"task_config\":{\"num_images\":2,\"image_width\":256,\"image_height\":192,\"seed\":7}}";
    private static final String GPT = "{\"model\":\"Qwen/Qwen2.5-7B-Instruct\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Why do iron bridges have gaps?\"}]}";
    private static final String STATE_IS =
            "document.querySelector('#task-rows tr td.task-state')?.textContent.startsWith(arguments[0])";

    private static CrynuxDevnet devnet;
    private static Browser browser;

    @BeforeAll
    static void start() {
        devnet = quick().start();
        browser = new Browser();
    }

    @AfterAll
    static void end() {
        browser.close();
        devnet.close();
    }

    private static CrynuxDevnetBuilder quick() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(200))
                .relayLag(Duration.ofMillis(50))
                .workTime(Duration.ofMillis(20));
    }

    @BeforeEach
    void open() {
        devnet.faults().clear();
        browser.prefer("light");
        browser.size(1280, 860);
        browser.open(devnet.pageUrl());
        browser.until("connected", "document.getElementById('connection').textContent === 'live'");
    }

    @AfterEach
    void nothingWasComplainedOfAndNobodyElseWasAsked() throws IOException {
        assertThat(browser.complaints()).isEmpty();
        assertNobodyElseWasAsked();
    }

    private static void assertNobodyElseWasAsked() throws IOException {
        for (String line : browser.traffic()) {
            JsonNode message = new ObjectMapper().readTree(line).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                URI asked = URI.create(message.at("/params/request/url").asText());
                assertThat(asked.getHost()).as(asked.toString()).isEqualTo("127.0.0.1");
            }
        }
    }

    private static long height() {
        return ((Number) browser.script(
                        "return Number(document.getElementById('height').textContent.replace(/[^0-9]/g, ''))"))
                .longValue();
    }

    @Test
    void blocksAdvanceWithoutAReload() {
        browser.script("window.notReloaded = true");
        long before = height();

        browser.until(
                "newer blocks",
                "Number(document.getElementById('height').textContent.replace(/[^0-9]/g, '')) > arguments[0] + 3",
                before);

        assertThat(browser.script("return window.notReloaded")).isEqualTo(true);
        assertThat(browser.all("#blocks .block")).hasSizeGreaterThan(3);
    }

    @Test
    void aTaskGoesThroughItsStatesAndItsPromptIsTextOnly() {
        var creator = new Creator(devnet, 0);
        Fault pause = devnet.faults().nodes().pause();
        Awaitility.await().until(() -> devnet.nodes().stream()
                .allMatch(node -> devnet.chain().nodeStatus(node.address()).name().equals("PAUSED")));
        Fault noUpload = devnet.faults().nodes().neverUpload();

        long id = creator.createTask(0, SD, 8, 2);
        browser.until("queued", STATE_IS, "queued");
        pause.end();
        browser.until("started", STATE_IS, "startedwaits for its parameters");
        creator.upload(id, SD);
        browser.until("result known", STATE_IS, "result known");
        noUpload.end();
        browser.until("succeeded", STATE_IS, "succeeded");

        browser.until("the thumbnail", "document.querySelector('#task-rows .thumbnail img')?.naturalWidth === 256");
        assertThat(browser.text("#task-rows .prompt")).isEqualTo(SCRIPT);
        assertThat(browser.text("#task-rows .task-creator")).isEqualTo("account 0");
        assertThat(browser.text("#task-rows .task-fee")).isEqualTo("30");

        browser.find("#task-rows .task-open").sendKeys(Keys.ENTER);
        browser.until(
                "both pictures",
                "[...document.querySelectorAll('dialog[open] .pictures img')].filter(i => i.naturalWidth === 256).length"
                        + " === 2");
        assertThat(browser.text("#dialog-body pre")).contains(SCRIPT);
        browser.screenshot("task");
        browser.find("#dialog-close").sendKeys(Keys.ESCAPE);
        browser.until("closed", "!document.querySelector('dialog[open]')");

        assertThat(browser.script("return document.querySelectorAll('main script, main b:not(.filter b)').length"))
                .isEqualTo(0L);
        assertThat(browser.script("return document.title")).asString().endsWith("Crynux devnet");
    }

    @Test
    void theFirstWordsOfAnAnswerAreInTheList() {
        var creator = new Creator(devnet, 1);
        long id = creator.createTask(1, GPT, 8, 1);
        creator.upload(id, GPT);

        browser.until(
                "the answer",
                "document.querySelector('#task-rows tr .answer')?.textContent.includes('iron bridges')");
        browser.until("succeeded", STATE_IS, "succeeded");
    }

    @Test
    void faultsAreSwitchedOnAndOffByButtonsAndShownWhoeverDidIt() {
        browser.click("[data-fault='rpc.respond429']");
        browser.until("on", "document.querySelectorAll('#faults-on li').length === 1");
        assertThat(devnet.faults().on()).extracting(Fault::name).containsExactly("rpc: 429");
        browser.until(
                "pressed",
                "document.querySelector(\"[data-fault='rpc.respond429']\").getAttribute('aria-pressed') === 'true'");
        browser.click("[data-fault='rpc.respond429']");
        browser.until("off", "document.querySelectorAll('#faults-on li').length === 0");
        assertThat(devnet.faults().on()).isEmpty();

        devnet.faults().relay().behind(Duration.ofSeconds(3)).times(4);
        browser.until("by the API", "document.querySelector('#faults-on')?.textContent.includes('4 left')");
        browser.click("#faults-on li button");
        browser.until("ended", "document.querySelectorAll('#faults-on li').length === 0");
        assertThat(devnet.faults().on()).isEmpty();
    }

    @Test
    void anyFaultCanBeChosenWithItsParameters() {
        browser.click("#faults summary");
        browser.script("const s = document.getElementById('fault-name'); s.value = 'rpc.respondError';"
                + "s.dispatchEvent(new Event('change'))");
        browser.find("#fault-times").sendKeys("2");
        browser.click("#any-fault button");

        browser.until("on", "document.querySelector('#faults-on')?.textContent.includes('2 left')");
        assertThat(devnet.faults().on()).hasSize(1);
    }

    @Test
    void theChainObeysTheButtons() {
        browser.click("#pause");
        browser.until("paused", "document.getElementById('connection').textContent === 'live, blocks paused'");
        long before = devnet.chain().access().head().number();
        browser.click("#mine");
        browser.until("mined", "document.getElementById('height').textContent === arguments[0]", "" + (before + 1));
        browser.click("#pause");
        browser.until("resumed", "document.getElementById('connection').textContent === 'live'");

        browser.click("#reorg button");
        browser.until("replaced", "document.querySelectorAll('#blocks .replaced').length >= 3");

        String poor = "document.querySelectorAll('#wallets li')[9].querySelector('.amount').textContent";
        browser.script("document.querySelectorAll('#wallets li')[9].querySelector('button.small').click()");
        browser.until("funded", poor + " === '10,100.00'");
    }

    @Test
    void bothColourSchemesAndTheToggle() {
        String background = "return getComputedStyle(document.body).backgroundColor";
        browser.screenshot("light");
        assertThat(browser.script(background)).isEqualTo("rgb(245, 244, 239)");
        browser.prefer("dark");
        assertThat(browser.script(background)).isEqualTo("rgb(18, 20, 17)");
        browser.screenshot("dark");

        browser.click("#theme");
        assertThat(browser.script(background)).isEqualTo("rgb(245, 244, 239)");
        browser.open(devnet.pageUrl());
        assertThat(browser.script(background)).as("kept").isEqualTo("rgb(245, 244, 239)");
        browser.click("#theme");
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Theme: auto");
    }

    @Test
    void nothingIsBesideAScreenOf400Pixels() {
        var creator = new Creator(devnet, 2);
        long id = creator.createTask(0, SD, 8, 2);
        creator.upload(id, SD);
        browser.size(400, 1600);
        browser.until("a row", "document.querySelectorAll('#task-rows tr').length > 0");
        browser.script("document.querySelectorAll('details').forEach(d => { d.open = true })");

        assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(400L);
        browser.screenshot("narrow");
    }

    @Test
    void itSaysWhenTheDevnetIsGoneAndComesBackWithTheNextOne() throws IOException {
        CrynuxDevnet first = quick().start();
        int port = URI.create(first.relayUrl()).getPort();
        String page = first.pageUrl();
        browser.open(page);
        browser.until("connected", "document.getElementById('connection').textContent === 'live'");
        browser.script("window.first = true");

        first.close();
        browser.until(
                "told", "document.getElementById('connection').textContent.startsWith('disconnected, as of ')");
        browser.screenshot("disconnected");
        browser.size(400, 860);
        assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(400L);
        try (CrynuxDevnet second = quick().relayPort(port).accounts(2).start()) {
            browser.until(
                    "the next one",
                    "window.first === undefined && document.querySelectorAll('#wallets li').length === 2");
            assertThat(second.pageUrl()).isEqualTo(page);
            assertThat(browser.complaints())
                    .as("that nobody answered, and nothing else")
                    .allMatch(complaint -> complaint.contains("net::ERR_"));
            assertNobodyElseWasAsked();
            browser.open("about:blank");
        }
    }
}
