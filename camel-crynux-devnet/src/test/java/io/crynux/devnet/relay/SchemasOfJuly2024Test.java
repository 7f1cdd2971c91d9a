// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static io.crynux.devnet.fake.TaskLogs.pending;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Relay with the schemas of July 2024 refuses what they refuse, and what today's take. */
class SchemasOfJuly2024Test {
    private final TestRelay relay = new TestRelay(RelaySchemas.JULY_2024);
    private final Signer creator = Signer.number(1);

    @AfterEach
    void close() {
        relay.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | {'base_model':{'name':'m'},'prompt':'p','task_config':{}} | 'base_model' must be a non-empty string",
                "0 | {'base_model':'m','prompt':'p','task_config':{'cfg':0}} | 'task_config/cfg' must be a whole number from 1 to 20",
                "0 | {'base_model':'m','prompt':'p','task_config':{'cfg':7.5}} | 'task_config/cfg' must be a whole number from 1 to 20",
                "0 | {'base_model':'m','prompt':'p','task_config':{},'controlnet':{'model':'c'}} | 'controlnet' must be null or an object with an image",
                "1 | {'model':'m','messages':[{'content':'c'}]} | 'messages' must be an array of role and text",
                "1 | {'model':'m','messages':[{'role':'tool','content':'c'}]} | 'messages' must be an array of role and text",
                "1 | {'model':'m','messages':[{'role':'user','content':null}]} | 'messages' must be an array of role and text",
                "1 | {'model':'m','messages':[{'role':'user','content':[]}]} | 'messages' must be an array of role and text",
                "2 | {'model':{'name':'m'},'dataset':{},'validation':{},'train_args':{}} | this Relay has no schema for fine-tuning",
            })
    void refuses(int type, String args, String why) {
        assertThat(upload(type, args)).isEqualTo("task_args: Task args invalid: " + why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | {'base_model':'m','prompt':'p','task_config':{'cfg':20.0},'version':'9','controlnet':null}",
                "1 | {'model':'m','messages':[{'role':'system','content':''},{'role':'user','content':'c'}],'tools':7}",
            })
    void takes(int type, String args) {
        assertThat(upload(type, args)).isEmpty();
    }

    private String upload(int type, String quoted) {
        String args = quoted.replace('\'', '"');
        relay.block(pending(5, type, creator.address(), args));
        var answer = relay.calls().upload(creator, 5, args);
        return answer.status() == 200 ? "" : answer.refusal();
    }
}
