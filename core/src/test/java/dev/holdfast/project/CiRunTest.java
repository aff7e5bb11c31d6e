package dev.holdfast.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the variables of CI products say, and what of it is kept. */
class CiRunTest {
    private static final String COMMIT = "3f2a91c0d4e5f60718293a4b5c6d7e8f90a1b2c3";

    private static JsonObject of(String variables) {
        Map<String, String> environment = new HashMap<>();
        for (String each : variables.replace("=COMMIT", "=" + COMMIT).split(" ; ", -1)) {
            String[] parts = each.strip().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return CiRun.of(environment).map(CiRun::json).orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            github_actions | 77 | https://github.test/ada/shop/actions/runs/77 | main | CI=true ; GITHUB_ACTIONS=true ; GITHUB_RUN_ID=77 ; GITHUB_SERVER_URL=https://github.test ; GITHUB_REPOSITORY=ada/shop ; GITHUB_HEAD_REF= ; GITHUB_REF=refs/heads/main ; GITHUB_SHA=COMMIT
            github_actions | 77 | https://github.test/ada/shop/actions/runs/77 | fix/it | GITHUB_ACTIONS=true ; GITHUB_RUN_ID=77 ; GITHUB_SERVER_URL=https://github.test ; GITHUB_REPOSITORY=ada/shop ; GITHUB_HEAD_REF=fix/it ; GITHUB_REF=refs/pull/5/merge ; GITHUB_SHA=COMMIT
            gitlab_ci | 4567 | https://gitlab.test/ada/shop/-/jobs/4567 | main | CI=true ; GITLAB_CI=true ; CI_JOB_ID=4567 ; CI_JOB_URL=https://gitlab.test/ada/shop/-/jobs/4567 ; CI_COMMIT_BRANCH=main ; CI_COMMIT_SHA=COMMIT
            gitlab_ci | 4567 | https://gitlab.test/ada/shop/-/jobs/4567 | fix | GITLAB_CI=true ; CI_JOB_ID=4567 ; CI_JOB_URL=https://gitlab.test/ada/shop/-/jobs/4567 ; CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=fix ; CI_COMMIT_SHA=COMMIT
            jenkins | jenkins-shop-12 | https://jenkins.test/job/shop/12/ | main | JENKINS_URL=https://jenkins.test/ ; BUILD_TAG=jenkins-shop-12 ; BUILD_NUMBER=12 ; BUILD_URL=https://jenkins.test/job/shop/12/ ; BRANCH_NAME=main ; GIT_COMMIT=COMMIT
            jenkins | jenkins-shop-12 | https://jenkins.test/job/shop/12/ | fix | JENKINS_URL=https://jenkins.test/ ; BUILD_TAG=jenkins-shop-12 ; BUILD_URL=https://jenkins.test/job/shop/12/ ; BRANCH_NAME=PR-5 ; CHANGE_BRANCH=fix ; GIT_COMMIT=COMMIT
            circleci | 99 | https://circle.test/gh/ada/shop/99 | main | CI=true ; CIRCLECI=true ; CIRCLE_BUILD_NUM=99 ; CIRCLE_BUILD_URL=https://circle.test/gh/ada/shop/99 ; CIRCLE_BRANCH=main ; CIRCLE_SHA1=COMMIT
            buildkite | 31 | https://buildkite.test/ada/shop/builds/31 | main | CI=true ; BUILDKITE=true ; BUILDKITE_BUILD_NUMBER=31 ; BUILDKITE_BUILD_URL=https://buildkite.test/ada/shop/builds/31 ; BUILDKITE_BRANCH=main ; BUILDKITE_COMMIT=COMMIT
            azure_pipelines | 812 | https://dev.test/ada/web%20shop/_build/results?buildId=812 | main | TF_BUILD=True ; BUILD_BUILDID=812 ; SYSTEM_COLLECTIONURI=https://dev.test/ada/ ; SYSTEM_TEAMPROJECT=web shop ; BUILD_SOURCEBRANCH=refs/heads/main ; BUILD_SOURCEVERSION=COMMIT
            bitbucket_pipelines | 8 | https://bitbucket.org/ada/shop/pipelines/results/8 | main | CI=true ; BITBUCKET_BUILD_NUMBER=8 ; BITBUCKET_REPO_FULL_NAME=ada/shop ; BITBUCKET_BRANCH=main ; BITBUCKET_COMMIT=COMMIT
            travis_ci | 5 | https://travis.test/ada/shop/builds/5 | main | CI=true ; TRAVIS=true ; TRAVIS_BUILD_ID=5 ; TRAVIS_BUILD_WEB_URL=https://travis.test/ada/shop/builds/5 ; TRAVIS_BRANCH=main ; TRAVIS_TAG= ; TRAVIS_COMMIT=COMMIT
            teamcity | 44 | https://teamcity.test/build/44 | | TEAMCITY_VERSION=2024.1 ; BUILD_NUMBER=44 ; BUILD_URL=https://teamcity.test/build/44 ; BUILD_VCS_NUMBER=COMMIT
            drone | 3 | https://drone.test/ada/shop/3 | fix | CI=true ; DRONE=true ; DRONE_BUILD_NUMBER=3 ; DRONE_BUILD_LINK=https://drone.test/ada/shop/3 ; DRONE_SOURCE_BRANCH=fix ; DRONE_BRANCH=main ; DRONE_COMMIT_SHA=COMMIT
            aws_codebuild | shop:1b2c | https://codebuild.test/x | main | CODEBUILD_BUILD_ID=shop:1b2c ; CODEBUILD_PUBLIC_BUILD_URL=https://codebuild.test/x ; CODEBUILD_WEBHOOK_HEAD_REF=refs/heads/main ; CODEBUILD_RESOLVED_SOURCE_VERSION=COMMIT
            """)
    void eachProductSaysItsRunItsPageItsBranchAndItsCommit(
            String product, String run, String url, String branch, String variables) {
        var expected = new JsonObject().put("product", product).put("run", run).put("url", url);
        if (branch != null) {
            expected.put("branch", branch);
        }
        assertThat(of(variables)).isEqualTo(expected.put("commit", COMMIT));
    }

    @Test
    void aProductThatIsNotKnownIsStillOneAndNoProductIsNone() {
        assertThat(of("CI=true")).isEqualTo(new JsonObject().put("product", "unknown"));
        for (String no : new String[] {"", "false", "False", "0"}) {
            assertThat(CiRun.of(Map.of("CI", no))).as(no).isEmpty();
        }
        assertThat(CiRun.of(Map.of())).isEmpty();
    }

    @Test
    void aTagAndThePlaceOfAMergeAreNoBranch() {
        assertThat(of("GITHUB_ACTIONS=true ; GITHUB_REF=refs/tags/v1").has("branch"))
                .isFalse();
        assertThat(of("GITHUB_ACTIONS=true ; GITHUB_REF=refs/pull/5/merge").has("branch"))
                .isFalse();
        assertThat(of("TRAVIS=true ; TRAVIS_BRANCH=v1 ; TRAVIS_TAG=v1").has("branch"))
                .isFalse();
    }

    @Test
    void whatIsNoCommitIsNotKeptAsOne() {
        assertThat(of("BUILDKITE=true ; BUILDKITE_COMMIT=HEAD").has("commit")).isFalse();
        assertThat(of("BUILDKITE=true ; BUILDKITE_COMMIT=$(canary)").has("commit"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://ada:canary@ci.test/job/1 | https://ci.test/job/1
            https://canary@ci.test/job/1?x=1 | https://ci.test/job/1
            https://ada:c@n@ry@ci.test:8443/1 | https://ci.test:8443/1
            HTTPS://ada:canary@ci.test/1 | HTTPS://ci.test/1
            https://ci.test/1?token=canary&buildId=7&sig=canary#canary | https://ci.test/1?buildId=7
            https://ci.test/1?buildId=canary | https://ci.test/1
            https://ci.test?private_token=canary | https://ci.test
            https://ci.test/1#access_token=canary | https://ci.test/1
            ssh://ada:canary@ci.test/1 |
            ada:canary@ci.test/1 |
            canary |
            """)
    void noSecretOfAUrlIsKept(String url, String kept) {
        JsonObject json = of("CIRCLECI=true ; CIRCLE_BUILD_URL=" + url);
        assertThat(json.optionalString("url").orElse(null)).isEqualTo(kept);
        assertThat(json.toString()).doesNotContain("canary", "c@n");
    }

    @Test
    void longAndSeveralLinesBecomeOneShortLine() {
        JsonObject json = of("CIRCLECI=true ; CIRCLE_BRANCH=a\u001b[31m\nb" + "x".repeat(1000));
        assertThat(json.string("branch")).startsWith("a [31m b").hasSize(203);
    }
}
